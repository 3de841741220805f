import { type EventFields, FIELDS, type FieldName, type FieldRow } from './fields.js';

/** One member at one level of an event's object: a field, or an object of further members. All have one shape, for speed. */
interface Member {
  readonly key: string;
  /** `"key":` */
  readonly opening: string;
  /** `,"key":` */
  readonly following: string;
  /** The field; undefined for an object. */
  readonly row: (FieldRow & { readonly name: FieldName }) | undefined;
  /** In the order in which they are written; none for a field. */
  readonly members: Member[];
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

/** The event's JSON text: `message`, then the fields in the table's order. */
export function writeEvent(message: string, fields: EventFields): string {
  const members = writeMembers(EVENT.members, fields);
  return `{"message":${JSON.stringify(message)}${members === '' ? '' : ','}${members}}`;
}

/** The same event as an object. */
export function eventObject(message: string, fields: EventFields): EcsEvent {
  return { message, ...objectOf(EVENT.members, fields) };
}

function writeMembers(members: readonly Member[], fields: EventFields): string {
  let written = '';
  for (const { opening, following, row, members: inner } of members) {
    const start = written === '' ? opening : following;
    if (row === undefined) {
      const object = writeMembers(inner, fields);
      if (object !== '') written += `${start}{${object}}`;
    } else {
      const value = fields[row.name];
      if (value !== undefined) written += start + writeValue(row, value);
    }
  }
  return written;
}

function writeValue(row: FieldRow, value: unknown): string {
  if (typeof value === 'string') return row.type === 'long' ? value : quote(value);
  return JSON.stringify(value);
}

/** JSON.stringify of a short text, without its price where nothing has to be escaped. */
function quote(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
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
  return { key, opening: `"${key}":`, following: `,"${key}":`, row, members: [] };
}
