import { type EventFields, FIELDS, type FieldName, type FieldRow } from './fields.js';

/** One member at one level of an event's object: a field, or an object of further members. All have one shape, for speed. */
interface Member {
  readonly key: string;
  /** How it begins, first in its object and behind another. */
  readonly plain: Opening;
  /** The same, escaped. */
  readonly escaped: Opening;
  /** The field; undefined for an object. */
  readonly row: (FieldRow & { readonly name: FieldName }) | undefined;
  /** In the order in which they are written; none for a field. */
  readonly members: Member[];
}

/** `"key":` and `,"key":` */
interface Opening {
  readonly first: string;
  readonly following: string;
}

/** How an event is written: as JSON text, or as that text stands inside of a JSON string. */
interface Style {
  readonly opening: 'plain' | 'escaped';
  /** A text that needs no escape. */
  quote(text: string): string;
  /** Any JSON text. */
  json(text: string): string;
}

/** An event as an object; a `long` beyond 2^53 is a bigint. */
export interface EcsEvent {
  /** The alert's exact source text. */
  readonly message: string;
  readonly [key: string]: unknown;
}

// Control characters, quotes, backslashes, and halves of surrogate pairs that stand alone.
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;
const EVENT = growTree();
const PLAIN: Style = { opening: 'plain', quote: (text) => `"${text}"`, json: (text) => text };
const INSIDE_STRING: Style = { opening: 'escaped', quote: (text) => `\\"${text}\\"`, json: insideString };

/** The event's JSON text: `message`, then the fields in the table's order. */
export function writeEvent(message: string, fields: EventFields): string {
  const members = writeMembers(EVENT.members, fields, PLAIN);
  return `{"message":${JSON.stringify(message)}${members === '' ? '' : ','}${members}}`;
}

/** How the event's JSON text goes on behind the text of its message, escaped as the inside of a JSON string is. */
export function writeEscapedRest(fields: EventFields): string {
  const members = writeMembers(EVENT.members, fields, INSIDE_STRING);
  return `\\"${members === '' ? '' : ','}${members}}`;
}

/** The same event as an object. */
export function eventObject(message: string, fields: EventFields): EcsEvent {
  return { message, ...objectOf(EVENT.members, fields) };
}

function writeMembers(members: readonly Member[], fields: EventFields, style: Style): string {
  let written = '';
  for (const { [style.opening]: opening, row, members: inner } of members) {
    const start = written === '' ? opening.first : opening.following;
    if (row === undefined) {
      const object = writeMembers(inner, fields, style);
      if (object !== '') written += `${start}{${object}}`;
    } else {
      const value = fields[row.name];
      if (value !== undefined) written += start + writeValue(row, value, style);
    }
  }
  return written;
}

function writeValue(row: FieldRow, value: unknown, style: Style): string {
  if (typeof value !== 'string') return style.json(JSON.stringify(value));
  if (row.type === 'long') return value;
  // JSON.stringify has its price, which a short text without anything to escape need not pay.
  return ESCAPED.test(value) ? style.json(JSON.stringify(value)) : style.quote(value);
}

/** The text as it stands inside of a JSON string. */
function insideString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function objectOf(members: readonly Member[], fields: EventFields): Record<string, unknown> | undefined {
  const object: Record<string, unknown> = {};
  for (const { key, row, members: inner } of members) {
    const value = row === undefined ? objectOf(inner, fields) : plainValue(row, fields[row.name]);
    if (value !== undefined) object[key] = value;
  }
  return Object.keys(object).length === 0 ? undefined : object;
}

function plainValue(row: FieldRow, value: unknown): unknown {
  if (row.type !== 'long' || value === undefined) return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value as string);
}

function growTree(): Member {
  const root = member('', undefined);
  for (const row of FIELDS) {
    const path = row.name.split('.');
    const key = path.pop() as string;
    path.reduce(objectNamed, root).members.push(member(key, row));
  }
  return root;
}

function objectNamed(parent: Member, key: string): Member {
  const present = parent.members.find((candidate) => candidate.key === key);
  if (present !== undefined) return present;
  const added = member(key, undefined);
  parent.members.push(added);
  return added;
}

function member(key: string, row: Member['row']): Member {
  const plain = { first: `"${key}":`, following: `,"${key}":` };
  const escaped = { first: insideString(plain.first), following: insideString(plain.following) };
  return { key, plain, escaped, row, members: [] };
}
