import { useState } from 'react';
import type { LogLine } from '../../api.js';
import { utc } from '../parts/figures.js';
import { shownText } from '../parts/shown-text.js';
import { Time } from '../parts/time.js';

interface LogEntryProps {
  readonly line: LogLine;
  readonly isUtc?: boolean;
  readonly withDay?: boolean;
  readonly isWrapped?: boolean;
}

/** An entry of the trigger log, on one line until it is clicked: its level as a bar and as a word. */
export function LogEntry({ line, isUtc = false, withDay = false, isWrapped = false }: LogEntryProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a screen reader reads the whole line anyway, and with the keyboard there is "Wrap lines".
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <div
      className="log-entry"
      data-level={line.level}
      data-wrap={isWrapped || isOpen}
      title={isWrapped || isOpen ? undefined : shownText(line.message)}
      onClick={() => {
        if (getSelection()?.isCollapsed ?? true) setOpen(!isOpen);
      }}
    >
      <span className="log-time">
        {isUtc ? utc(line.at).slice(withDay ? 5 : 11, 19) : <Time at={line.at} withDay={withDay} />}
      </span>
      <span className="log-level">{line.level}</span>
      <span className="log-message">
        {line.from === 'console' && <span className="log-from">console</span>}
        {shownText(line.message)}
      </span>
    </div>
  );
}
