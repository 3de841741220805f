import { useView } from '../console-data.js';
import { count } from '../parts/figures.js';
import { Time } from '../parts/time.js';

/** What the last poll came to, in one line. */
export function PollLine() {
  const { lastPoll } = useView().playbook;
  if (!lastPoll) return <p className="poll-line muted">No poll yet.</p>;
  return (
    <p className="poll-line figures" role="status">
      <span>
        last poll <Time at={lastPoll.at} />
      </span>
      <span>{count(lastPoll.seen)} seen</span>
      <span>{count(lastPoll.fresh)} new</span>
      {lastPoll.lag !== undefined && <span>lag {lastPoll.lag}</span>}
    </p>
  );
}
