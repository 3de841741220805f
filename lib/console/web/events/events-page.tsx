import { useEffect, useState } from 'react';
import { useConsole, useView } from '../console-data.js';
import { Link } from '../frame/link.js';
import { count, counted } from '../parts/figures.js';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';
import { keepInAddress } from '../route.js';
import { BarChart } from './bar-chart.js';
import { addressOf, type EventFilter, filterIn, isNarrowed } from './event-filter.js';
import { EventPanel } from './event-panel.js';
import { EventStats } from './event-stats.js';
import { EventTable } from './event-table.js';
import { FilterBar } from './filter-bar.js';
import { useEvents } from './use-events.js';

/** Everything that has arrived, as a chart, as a table, and one by one. */
export function EventsPage() {
  const { epoch } = useConsole();
  const { events } = useView();
  const [filter, setFilter] = useState<EventFilter>(() => filterIn(new URLSearchParams(location.search)));
  const [opened, setOpened] = useState<number>();
  const [isAtTop, setAtTop] = useState(true);
  const { found, rowAt, need, refresh, problem, isLoading, query } = useEvents(filter, epoch);

  const change = (changes: Partial<EventFilter>) => {
    const next = { ...filter, ...changes };
    setFilter(next);
    keepInAddress(addressOf(next));
  };
  const news = found ? events.next - found.until : 0;
  // What has just arrived shows itself, unless somebody is reading further down.
  useEffect(() => {
    if (news > 0 && isAtTop && opened === undefined) refresh();
  }, [news, isAtTop, opened, refresh]);

  return (
    <div className="page fill">
      <div className="page-head">
        <h1>Events</h1>
        <EventStats found={found} />
        <span className="spring" />
        <ExportLink query={problem === undefined ? query : undefined} />
      </div>
      <FilterBar filter={filter} bySeverity={found?.bySeverity} onChange={change} />
      <div className="chart-place">
        {problem !== undefined ? (
          <Notice kind="bad">{problem}</Notice>
        ) : found ? (
          <BarChart chart={found.chart} height={120} onChoose={(from, to) => change({ range: `${from}-${to - 1}` })} />
        ) : (
          <div className="skeleton chart-large" />
        )}
      </div>
      {events.dropped > 0 && (
        <p className="muted small">
          The newest {count(events.limit)} events are kept;{' '}
          {counted(events.dropped, 'older one was', 'older ones were')} dropped.
        </p>
      )}
      <div className="table-frame">
        {news > 0 && !isAtTop && (
          <button type="button" className="button primary news" onClick={refresh}>
            <Icon name="down" />
            Show {counted(news, 'new event')}
          </button>
        )}
        <EventTable
          total={problem === undefined ? found?.total : (found?.total ?? 0)}
          isBusy={isLoading}
          rowAt={rowAt}
          need={need}
          onOpen={setOpened}
          onTop={setAtTop}
          empty={problem === undefined && <Empty filter={filter} kept={events.kept} onChange={change} />}
        />
      </div>
      {opened !== undefined && (
        <EventPanel
          key={opened}
          number={opened}
          onClose={() => setOpened(undefined)}
          onOpen={setOpened}
          onSearch={(text) => {
            setOpened(undefined);
            change({ text });
          }}
        />
      )}
    </div>
  );
}

/** Exports what was found; nothing while the search can't be read, for that would be everything. */
function ExportLink({ query }: { readonly query: string | undefined }) {
  const words = (
    <>
      <Icon name="download" />
      Export <span className="wide-only">NDJSON</span>
    </>
  );
  if (query === undefined) {
    return (
      <button type="button" className="button" disabled>
        {words}
      </button>
    );
  }
  return (
    <a className="button" href={`/api/export?${query}`} download="events.ndjson">
      {words}
    </a>
  );
}

interface EmptyProps {
  readonly filter: EventFilter;
  readonly kept: number;
  readonly onChange: (changes: Partial<EventFilter>) => void;
}

/** Why there is nothing, and what to do about it. */
function Empty({ filter, kept, onChange }: EmptyProps) {
  if (kept === 0) {
    return (
      <p className="empty">
        No event has arrived yet. <Link to="/">Start the playbook</Link>, and watch the{' '}
        <Link to="/logs">trigger logs</Link>.
      </p>
    );
  }
  return (
    <p className="empty">
      No event fits.{' '}
      {isNarrowed(filter) && (
        <button type="button" className="link-button" onClick={() => onChange({ text: '', severities: [] })}>
          Clear the search
        </button>
      )}{' '}
      {filter.range !== 'all' && (
        <button type="button" className="link-button" onClick={() => onChange({ range: 'all' })}>
          Show all times
        </button>
      )}
    </p>
  );
}
