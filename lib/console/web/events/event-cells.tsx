import type { ReactNode } from 'react';
import type { EventRow } from '../../api.js';
import { SeverityWord } from '../parts/severity.js';
import { shownText } from '../parts/shown-text.js';
import { Time } from '../parts/time.js';

/** The columns, in order. */
export const headings = ['time', 'severity', 'type', 'user', 'account', 'address', 'sight', 'reason'] as const;

/** One event as a row of the table. */
export function EventCells({ row }: { readonly row: EventRow }) {
  return (
    <>
      <Cell name="time">
        <Time at={row.time} withDay />
      </Cell>
      <Cell name="severity">
        <SeverityWord severity={row.severity} />
      </Cell>
      <TextCell name="type" text={row.type} />
      <TextCell name="user" text={row.user} />
      <TextCell name="account" text={row.account} />
      <TextCell name="address" text={row.address} />
      <TextCell name="sight" text={row.sight} />
      <TextCell name="reason" text={row.reason} />
    </>
  );
}

function Cell({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells of rows that are no table rows.
    <span role="cell" className={`cell of-${name}`}>
      {children}
    </span>
  );
}

function TextCell({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells of rows that are no table rows.
    <span role="cell" className={`cell of-${name}`} title={text === '' ? undefined : shownText(text)}>
      {text === '' ? <span className="none">–</span> : shownText(text)}
    </span>
  );
}
