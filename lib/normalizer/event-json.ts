import { countSpecial } from '../alert-bytes/count-special.js';
import { type EventFields, FIELDS, type FieldName, type FieldRow, NO_FIELDS } from './fields.js';

/** An event as an object; a `long` beyond 2^53 is a bigint. */
export interface EcsEvent {
  /** The alert's exact source text. */
  readonly message: string;
  readonly [key: string]: unknown;
}

type Row = FieldRow & { readonly name: FieldName };
type Encode = (text: string) => string;

/** What stands between two texts, of fields for one: the end of the first, and the beginning of the second. */
interface Seam {
  readonly text: string;
  /** How many quotes and backslashes are in it. */
  readonly special: number;
}

/** How fields are written: as JSON text, or as that text stands inside of a JSON string. */
interface Style {
  /** By the places of two fields in the table; kept when it has been put together once. */
  readonly seams: (Seam | undefined)[];
  /** What stands between two members of a list. */
  readonly comma: Seam;
  /** What becomes of the JSON text. */
  readonly encode: Encode;
}

const ROWS: readonly Row[] = FIELDS;
const PLACES: ReadonlyMap<string, number> = new Map(ROWS.map(({ name }, place) => [name, place]));
/** Stands for what is before the first field, and behind the last. */
const EDGE = ROWS.length;
const PLAIN = styleOf((json) => json);
const INSIDE_STRING = styleOf(insideString);

/** The event's JSON text: `message`, then the fields in the table's order. */
export function writeEvent(message: string, fields: EventFields): string {
  return `{"message":${JSON.stringify(message).slice(0, -1)}${writeRest(fields, PLAIN)}`;
}

/** How the event's JSON text goes on behind the text of its message, escaped as the inside of a JSON string is. */
export function writeEscapedRest(fields: EventFields): string {
  return writeRest(fields, INSIDE_STRING);
}

/** The same event as an object. */
export function eventObject(message: string, fields: EventFields): EcsEvent {
  const event: Record<string, unknown> = {};
  for (const row of ROWS) {
    const value = fields[row.name];
    if (value === undefined) continue;
    const path = row.name.split('.');
    const key = path.pop() as string;
    path.reduce(objectNamed, event)[key] = plainValue(row, value);
  }
  return { message, ...event };
}

/**
 * What stands behind the text of `message`. It is rare that a text needs an escape: then there are more of these characters than
 * there should be.
 */
function writeRest(fields: EventFields, style: Style, encode?: Encode): string {
  let written = '';
  let special = 0;
  let last = EDGE;
  for (const name in fields) {
    const value = fields[name as FieldName];
    if (value === undefined) continue;
    const place = PLACES.get(name) as number;
    // Fields that are not in order are put in order.
    if (place < last && last !== EDGE) return writeRest({ ...NO_FIELDS, ...fields }, style, encode);
    const seam = seamOf(last, place, style);
    written += seam.text;
    special += seam.special;
    if (typeof value === 'object') {
      written += listText(value, style, encode);
      special += style.comma.special * (value.length - 1);
    } else {
      written += encodedBy(encode, value);
    }
    last = place;
  }
  const seam = seamOf(last, EDGE, style);
  written += seam.text;
  if (encode === undefined && countSpecial(written) !== special + seam.special) {
    return writeRest(fields, style, (text) => style.encode(insideString(text)));
  }
  return written;
}

function listText(list: readonly string[], { comma }: Style, encode: Encode | undefined): string {
  if (list.length === 1) return encodedBy(encode, list[0] as string);
  return list.map((text) => encodedBy(encode, text)).join(comma.text);
}

function encodedBy(encode: Encode | undefined, value: string | boolean): string {
  return encode === undefined || typeof value === 'boolean' ? String(value) : encode(value);
}

function styleOf(encode: Encode): Style {
  const seams = new Array<Seam | undefined>((EDGE + 1) ** 2).fill(undefined);
  return { seams, comma: newSeam(encode('","')), encode };
}

function seamOf(last: number, next: number, { seams, encode }: Style): Seam {
  const place = last * (EDGE + 1) + next;
  seams[place] ??= newSeam(encode(join(ROWS[last], ROWS[next])));
  return seams[place] as Seam;
}

function newSeam(text: string): Seam {
  return { text, special: text.replace(/[^"\\]/g, '').length };
}

function join(last: Row | undefined, next: Row | undefined): string {
  const from = last?.name.split('.') ?? [''];
  const to = next?.name.split('.') ?? [''];
  let shared = 0;
  while (shared < Math.min(from.length, to.length) - 1 && from[shared] === to[shared]) shared++;
  const end = last === undefined ? '"' : frameOf(last).end + '}'.repeat(from.length - 1 - shared);
  if (next === undefined) return `${end}}`;
  const opened = to.slice(shared, -1).map((name) => `"${name}":{`);
  return `${end},${opened.join('')}"${to.at(-1)}":${frameOf(next).start}`;
}

/** What stands around a field's texts. */
function frameOf({ type, list }: FieldRow): { readonly start: string; readonly end: string } {
  if (list) return { start: '["', end: '"]' };
  return type === 'long' || type === 'boolean' ? { start: '', end: '' } : { start: '"', end: '"' };
}

/** The text as it stands inside of a JSON string. */
function insideString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function objectNamed(parent: Record<string, unknown>, name: string): Record<string, unknown> {
  parent[name] ??= {};
  return parent[name] as Record<string, unknown>;
}

function plainValue(row: FieldRow, value: unknown): unknown {
  if (row.type !== 'long') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value as string);
}
