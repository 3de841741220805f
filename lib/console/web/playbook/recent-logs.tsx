import { useEffect, useState } from 'react';
import type { LogLine } from '../../api.js';
import { read } from '../api-client.js';
import { useConsole, useLive, useView } from '../console-data.js';
import { Link } from '../frame/link.js';
import { isRunning } from '../frame/run-switch.js';
import { LogEntry } from '../logs/log-entry.js';

const SHOWN = 5;
const LEVELS = 'info,warning,error,critical';

/** The last lines of the trigger log. */
export function RecentLogs() {
  const { epoch } = useConsole();
  const { playbook } = useView();
  const [lines, setLines] = useState<readonly LogLine[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new connection is the reason to read again.
  useEffect(() => {
    const gone = new AbortController();
    void read<{ lines: LogLine[] }>(`/api/logs?levels=${LEVELS}`, gone.signal).then(
      (page) => setLines(page.lines.slice(-SHOWN)),
      () => undefined,
    );
    return () => gone.abort();
  }, [epoch]);
  useLive('log', (added) => {
    const shown = added.filter(({ level }) => level !== 'debug');
    setLines((before) => [...(before ?? []), ...shown].slice(-SHOWN));
  });
  return (
    <section className="recent-logs" aria-label="Trigger log">
      <div className="section-head">
        <h2>Trigger logs</h2>
        <Link to="/logs" className="more">
          All logs
        </Link>
      </div>
      <div className="log-box">
        {lines === undefined && <div className="skeleton block" />}
        {lines?.length === 0 && (
          <p className="empty-line">
            {isRunning(playbook.state)
              ? 'The log follows what happens by a few seconds.'
              : 'Nothing yet. The trigger writes here once it is started.'}
          </p>
        )}
        {lines?.map((line) => (
          <LogEntry key={line.number} line={line} />
        ))}
      </div>
    </section>
  );
}
