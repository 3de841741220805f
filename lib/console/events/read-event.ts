import { FIELDS, MESSAGE } from '../../normalizer/fields.js';
import { normalizeAlert } from '../../normalizer/normalize-alert.js';
import { parseJson } from '../platform/loopback-server.js';

/** The fields of an event that are held in memory, by their dotted names, and its time in milliseconds. */
export interface IndexedEvent {
  readonly time: number;
  readonly fields: ReadonlyMap<string, string>;
}

const TIMES: readonly string[] = ['@timestamp', 'event.start', 'event.end'];
// The same in every event.
const CONSTANT: readonly string[] = ['event.kind', 'observer.product', 'observer.vendor'];
const indexed = new Set<string>(
  FIELDS.map(({ name }) => name).filter((name) => !TIMES.includes(name) && !CONSTANT.includes(name)),
);

/** The names of the fields that can be searched. */
export const searchableFields: readonly string[] = [...indexed].sort();

/** The names of the fields that events have and that are not searched: times, what is the same in all, and the alert's text. */
export const unsearchedFields: readonly string[] = [...TIMES, ...CONSTANT, MESSAGE.name];

/** Reads what arrived at the intake: a normalized event as it is, a raw alert as the event that it would become. */
export function readEvent(text: string, receivedAt: number): IndexedEvent {
  const parsed = parseJson(text);
  const event = isEvent(parsed) ? parsed : parseJson(normalizeAlert(text).json);
  const fields = new Map<string, string>();
  if (isRecord(event)) collectFields(event, '', fields);
  const time = isRecord(event) ? Date.parse(String(event['@timestamp'])) : Number.NaN;
  return { time: Number.isNaN(time) ? receivedAt : time, fields };
}

function collectFields(record: Readonly<Record<string, unknown>>, prefix: string, fields: Map<string, string>): void {
  for (const [key, value] of Object.entries(record)) {
    const name = prefix + key;
    if (indexed.has(name)) fields.set(name, Array.isArray(value) ? value.join(', ') : String(value));
    else if (isRecord(value)) collectFields(value, `${name}.`, fields);
  }
}

function isEvent(value: unknown): boolean {
  return isRecord(value) && typeof value['message'] === 'string' && isRecord(value['event']);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
