import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { EventRow } from '../../api.js';
import { useIsNarrow } from '../parts/use-is-narrow.js';
import { EventCells, headings } from './event-cells.js';

const ROW_PX = 34;
const NARROW_ROW_PX = 72;
const PAGE_ROWS = 12;
/** The heading stays at the top of what scrolls; there is none where it is narrow. */
const HEAD_PX = 31;

interface EventTableProps {
  /** Undefined until the first search has answered. */
  readonly total: number | undefined;
  readonly isBusy: boolean;
  readonly rowAt: (index: number) => EventRow | undefined;
  readonly need: (from: number, to: number) => void;
  readonly onOpen: (number: number) => void;
  readonly onTop: (isAtTop: boolean) => void;
  readonly empty: ReactNode;
}

/** The rows, of which only those in sight are in the page; up and down go from row to row, Enter opens one. */
export function EventTable({ total, isBusy, rowAt, need, onOpen, onTop, empty }: EventTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow();
  const height = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const headPx = isNarrow ? 0 : HEAD_PX;
  const [current, setCurrent] = useState(0);
  const rows = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    scrollMargin: headPx,
    scrollPaddingStart: headPx,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height of the rows is the reason to measure again.
  useEffect(() => rows.measure(), [rows, height]);
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => need(first, last), [need, first, last]);

  const go = (index: number) => {
    const target = Math.min(Math.max(index, 0), (total ?? 1) - 1);
    setCurrent(target);
    rows.scrollToIndex(target);
    const focus = () => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${target}"]`);
      row?.focus({ preventScroll: true });
      return row !== null;
    };
    // A row that was out of sight is there with the next frame.
    if (!focus()) requestAnimationFrame(focus);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + PAGE_ROWS,
      PageUp: index - PAGE_ROWS,
      Home: 0,
      End: (total ?? 1) - 1,
    };
    const target = moves[event.key];
    const row = rowAt(index);
    if (target !== undefined) {
      event.preventDefault();
      go(target);
    } else if (event.key === 'Enter' && row) {
      // Otherwise the same press goes on to the button that gets the focus, and closes the panel again.
      event.preventDefault();
      onOpen(row.number);
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of which only some are there can't be a table element.
    <div className="table" role="table" aria-label="Events" aria-rowcount={(total ?? 0) + 1} aria-busy={isBusy}>
      <div
        className="table-scroll"
        ref={scroller}
        role="presentation"
        onScroll={({ currentTarget }) => onTop(currentTarget.scrollTop < height)}
      >
        <TableHead />
        {total === 0 && empty}
        {total === undefined && Array.from({ length: 8 }, (_, index) => <SkeletonRow key={`row-${String(index)}`} />)}
        {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
        <div role="rowgroup" className="virtual" style={{ height: rows.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rowAt(index);
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above.
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                className="event-row virtual-row"
                data-index={index}
                tabIndex={index === current ? 0 : -1}
                style={{ transform: `translateY(${start - headPx}px)`, height }}
                onClick={() => {
                  setCurrent(index);
                  if (row) onOpen(row.number);
                }}
                onKeyDown={(event) => onKeyDown(event, index)}
              >
                {row ? <EventCells row={row} /> : <span className="skeleton line" />}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function TableHead() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the heading of rows that are no table rows.
    <div role="rowgroup" className="table-head">
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the heading is only read. */}
      <div role="row" className="event-row" aria-rowindex={1}>
        {headings.map((heading) => (
          // biome-ignore lint/a11y/useSemanticElements: as above.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <span key={heading} role="columnheader" className={`cell of-${heading}`}>
            {heading}
          </span>
        ))}
      </div>
    </div>
  );
}

function SkeletonRow() {
  return (
    <div className="event-row skeleton-row">
      <span className="skeleton line" />
    </div>
  );
}
