import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { counted } from '../parts/figures.js';
import { Icon } from '../parts/icon.js';
import { Notice } from '../parts/notice.js';
import { LogEntry } from './log-entry.js';
import type { LogLines } from './use-log-lines.js';

const LINE_PX = 26;
const NEAR_END_PX = 40;

interface LogListProps {
  readonly log: LogLines;
  readonly isUtc: boolean;
  readonly isWrapped: boolean;
  readonly isFiltered: boolean;
}

/** The lines, of which only those in sight are in the page; it follows the newest until it is scrolled up. */
export function LogList({ log, isUtc, isWrapped, isFiltered }: LogListProps) {
  const { lines, isComplete, problem, loadOlder } = log;
  const scroller = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const [isFollowing, setFollowing] = useState(true);
  const [seen, setSeen] = useState(0);
  const last = lines?.at(-1)?.number ?? 0;
  const rows = useVirtualizer({
    count: lines?.length ?? 0,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => lines?.[index]?.number ?? index,
    estimateSize: () => LINE_PX,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: lines that wrap have other heights.
  useEffect(() => rows.measure(), [rows, isWrapped]);
  const height = rows.getTotalSize();
  useEffect(() => {
    if (isFollowing && last > 0) setSeen(last);
  }, [isFollowing, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is the reason to go to the end again.
  useEffect(() => {
    const element = scroller.current;
    if (isFollowing && element) element.scrollTop = element.scrollHeight;
  }, [isFollowing, height]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    // Lines that turn out higher than expected move the end away: only who scrolls up stops following.
    if (scrollTop < lastTop.current - 2) setFollowing(false);
    else if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) setFollowing(true);
    lastTop.current = scrollTop;
  };
  const news = lines?.filter(({ number }) => number > seen).length ?? 0;
  return (
    <div className="log-frame">
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard. */}
      <div className="log-scroll" ref={scroller} onScroll={onScroll} role="log" aria-label="Trigger log" tabIndex={0}>
        {!isComplete && (
          <button type="button" className="button quiet older" onClick={loadOlder}>
            Show older lines
          </button>
        )}
        {lines === undefined && problem === undefined && <div className="skeleton block" />}
        {lines?.length === 0 && (
          <p className="empty">
            {isFiltered
              ? 'No line fits. Choose more levels, or search for less.'
              : 'Nothing yet. Start the playbook: the trigger writes here.'}
          </p>
        )}
        <div className="virtual" style={{ height }}>
          {rows.getVirtualItems().map((item) => {
            const line = lines?.[item.index];
            return (
              <div
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                className="virtual-row"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {line && <LogEntry line={line} isUtc={isUtc} withDay isWrapped={isWrapped} />}
              </div>
            );
          })}
        </div>
      </div>
      {!isFollowing && (
        <button type="button" className="button follow" onClick={() => setFollowing(true)}>
          <Icon name="down" />
          {news > 0 ? `${counted(news, 'new', 'new')}` : 'Follow'}
        </button>
      )}
    </div>
  );
}
