import { useView } from '../console-data.js';
import { Link } from '../frame/link.js';
import { count } from '../parts/figures.js';
import { Icon } from '../parts/icon.js';

/** Where the events go. */
export function IntakeCard() {
  const { intakes, events } = useView();
  const [only] = intakes;
  return (
    <section className="card intake-card" aria-label="Intake">
      <div className="card-head">
        <span className="card-icon">
          <Icon name="intakes" />
        </span>
        <div>
          <p className="card-kind">Intake</p>
          <h2>
            {intakes.length === 0 ? 'No intake yet' : intakes.length === 1 ? only?.name : `${intakes.length} intakes`}
          </h2>
        </div>
      </div>
      {intakes.length === 0 ? (
        <p className="card-state">
          <Link to="/intakes">Create an intake</Link>
        </p>
      ) : (
        <p className="card-state">
          <Link to="/events">
            <b className="figures">{count(events.kept)}</b> {events.kept === 1 ? 'event' : 'events'}
          </Link>
          <span className="muted">{only?.format}</span>
        </p>
      )}
    </section>
  );
}
