import { useCallback, useEffect, useState } from 'react';
import { type EventsFound, SEVERITIES } from '../../api.js';
import { read } from '../api-client.js';
import { useConsole, useView } from '../console-data.js';
import { BarChart } from '../events/bar-chart.js';
import { Link } from '../frame/link.js';
import { count } from '../parts/figures.js';

const DAY = 86_400_000;

/** The events of the last 24 hours, by severity. */
export function LastDay() {
  const { epoch } = useConsole();
  const { next } = useView().events;
  const [found, setFound] = useState<EventsFound>();
  const load = useCallback(async (signal: AbortSignal) => {
    const now = Date.now();
    setFound(await read<EventsFound>(`/api/events?limit=0&from=${now - DAY}&to=${now}`, signal));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new events and a new connection are the reasons to read again.
  useEffect(() => {
    const gone = new AbortController();
    void load(gone.signal).catch(() => undefined);
    return () => gone.abort();
  }, [load, next, epoch]);
  return (
    <section className="last-day" aria-label="Events of the last 24 hours">
      <div className="section-head">
        <h2>Events, last 24 h</h2>
        <ul className="legend">
          {SEVERITIES.map((severity, rank) => (
            <li key={severity} className="severity" data-severity={severity}>
              {severity} <span className="figures muted">{count(found?.bySeverity[rank] ?? 0)}</span>
            </li>
          ))}
        </ul>
        <Link to="/events" className="more">
          All events
        </Link>
      </div>
      {found ? <BarChart chart={found.chart} height={96} /> : <div className="skeleton chart-small" />}
    </section>
  );
}
