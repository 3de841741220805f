import { useState } from 'react';
import { useConsole } from '../console-data.js';
import { Icon } from '../parts/icon.js';
import { keepInAddress } from '../route.js';
import { LogList } from './log-list.js';
import { useLogLines } from './use-log-lines.js';

const LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const;
const USUAL = 'info,warning,error,critical';

/** The trigger log: live, filtered, kept. */
export function LogsPage() {
  const { epoch } = useConsole();
  const [levels, setLevels] = useState(() => new URLSearchParams(location.search).get('levels') ?? USUAL);
  const [text, setText] = useState(() => new URLSearchParams(location.search).get('text') ?? '');
  const [isUtc, setUtc] = useState(() => localStorage.getItem('log-times') === 'utc');
  const [isWrapped, setWrapped] = useState(() => localStorage.getItem('log-wrap') === 'yes');
  const log = useLogLines(levels, text, epoch);

  const keep = (nextLevels: string, nextText: string) => {
    setLevels(nextLevels);
    setText(nextText);
    const query = new URLSearchParams();
    if (nextLevels !== USUAL) query.set('levels', nextLevels);
    if (nextText !== '') query.set('text', nextText);
    keepInAddress(query);
  };
  const toggle = (level: string) => {
    const chosen = new Set(levels.split(','));
    if (!chosen.delete(level)) chosen.add(level);
    keep(LEVELS.filter((one) => chosen.has(one)).join(','), text);
  };
  return (
    <div className="page fill">
      <div className="page-head">
        <h1>Trigger logs</h1>
      </div>
      <div className="filters">
        <label className="search">
          <span className="for-readers">Search in the log</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder="Search"
            value={text}
            onChange={({ target }) => keep(levels, target.value)}
          />
        </label>
        <fieldset className="chips">
          <legend className="for-readers">Levels</legend>
          {LEVELS.map((level) => (
            <button
              key={level}
              type="button"
              className="chip"
              data-level={level}
              aria-pressed={levels.split(',').includes(level)}
              onClick={() => toggle(level)}
            >
              {level}
            </button>
          ))}
        </fieldset>
        <span className="spring" />
        <button
          type="button"
          className="chip plain"
          aria-pressed={isWrapped}
          onClick={() => {
            localStorage.setItem('log-wrap', isWrapped ? 'no' : 'yes');
            setWrapped(!isWrapped);
          }}
        >
          Wrap lines
        </button>
        <fieldset className="segments">
          <legend className="for-readers">Times</legend>
          {[false, true].map((utc) => (
            <button
              key={String(utc)}
              type="button"
              aria-pressed={isUtc === utc}
              onClick={() => {
                localStorage.setItem('log-times', utc ? 'utc' : 'local');
                setUtc(utc);
              }}
            >
              {utc ? 'UTC' : 'Local'}
            </button>
          ))}
        </fieldset>
      </div>
      <LogList log={log} isUtc={isUtc} isWrapped={isWrapped} isFiltered={levels !== USUAL || text !== ''} />
    </div>
  );
}
