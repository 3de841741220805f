import type { EventsFound } from '../../api.js';
import { count, span } from '../parts/figures.js';

const RATE_MINUTES = 10;

/** How many, how late, how fast; before the first search has answered, the place of it. */
export function EventStats({ found }: { readonly found: EventsFound | undefined }) {
  if (!found) return <p className="stats" />;
  const recent = found.arrivals.slice(-RATE_MINUTES).reduce((sum, one) => sum + one, 0);
  return (
    <p className="stats figures" aria-live="polite">
      <span>
        <b>{count(found.total)}</b> {found.total === 1 ? 'event' : 'events'}
      </span>
      {found.medianLagMs !== undefined && (
        <span title="Half of these events arrived sooner after their alert had begun">
          lag <b>{span(found.medianLagMs)}</b>
        </span>
      )}
      <span title={`Events that arrived in the last ${RATE_MINUTES} minutes, whatever is searched for`}>
        rate <b>{(recent / RATE_MINUTES).toFixed(1)}</b>/min
      </span>
    </p>
  );
}
