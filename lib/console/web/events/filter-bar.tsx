import { useEffect, useRef } from 'react';
import { SEVERITIES } from '../../api.js';
import { count } from '../parts/figures.js';
import { Icon } from '../parts/icon.js';
import { type EventFilter, ranges } from './event-filter.js';

interface FilterBarProps {
  readonly filter: EventFilter;
  readonly bySeverity: readonly number[] | undefined;
  readonly onChange: (changes: Partial<EventFilter>) => void;
}

/** Search, severities, time range. */
export function FilterBar({ filter, bySeverity, onChange }: FilterBarProps) {
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, select, textarea, dialog');
      if (event.key !== '/' || event.metaKey || event.ctrlKey || isTyping) return;
      event.preventDefault();
      search.current?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  const toggle = (severity: string) => {
    const chosen = new Set(filter.severities);
    if (!chosen.delete(severity)) chosen.add(severity);
    onChange({ severities: SEVERITIES.filter((one) => chosen.has(one)) });
  };
  const isCustom = !ranges.some(({ id }) => id === filter.range);
  return (
    <div className="filters">
      <label className="search wide">
        <span className="for-readers">Search events</span>
        <Icon name="search" />
        <input
          ref={search}
          type="search"
          placeholder="Search: user.name:jane severity:High -type:NewUser “root account”"
          value={filter.text}
          spellCheck={false}
          onChange={({ target }) => onChange({ text: target.value })}
        />
        <span className="shortcut" aria-hidden="true">
          /
        </span>
      </label>
      <fieldset className="chips">
        <legend className="for-readers">Severities</legend>
        {SEVERITIES.map((severity, rank) => (
          <button
            key={severity}
            type="button"
            className="chip"
            data-severity={severity}
            aria-pressed={filter.severities.includes(severity)}
            onClick={() => toggle(severity)}
          >
            {severity} <span className="chip-count figures">{bySeverity ? count(bySeverity[rank] ?? 0) : '–'}</span>
          </button>
        ))}
      </fieldset>
      <label className="range">
        <span className="for-readers">Time range</span>
        <select value={filter.range} onChange={({ target }) => onChange({ range: target.value })}>
          {ranges.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {isCustom && <option value={filter.range}>{customName(filter.range)}</option>}
        </select>
      </label>
    </div>
  );
}

function customName(range: string): string {
  const from = new Date(Number(range.split('-')[0]));
  return `From ${from.toLocaleString('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' })}`;
}
