import { plainName } from '../../normalizer/entity-entries.js';
import { FIELDS } from '../../normalizer/fields.js';

/** A place of an alert, by its path, and what stands there. */
export type Leaf = readonly [path: string, value: unknown];

const ROWS = new Map<string, readonly string[]>(FIELDS.map(({ name, from }) => [name, from.map(alike)]));
const ANY = '.*';
const READ = new Set([...ROWS.values()].flat().filter((origin) => !origin.endsWith(ANY)));

/** Whether the normalizer reads the place, whatever it makes of it. */
export function isRead(path: string): boolean {
  return READ.has(placeOf(path));
}

/** The places of the alert that the value of a field of the event can come from, by the normalizer's table of fields. */
export function originsOf(field: string, value: unknown, alert: readonly Leaf[]): string[] {
  const origins = ROWS.get(field.replace(/\[\d+\]$/, '')) ?? [];
  const found = alert.filter(([path]) => origins.some((origin) => isAt(origin, placeOf(path))));
  // A field with one origin may be made of what stands there: a time is rounded, a count is cut out of a text.
  const places = origins.length > 1 ? found.filter(([, there]) => holds(there, value)) : found;
  return places.map(([path]) => path);
}

function isAt(origin: string, place: string): boolean {
  return origin.endsWith(ANY) ? place.startsWith(origin.slice(0, -1)) : place === origin;
}

function holds(there: unknown, value: unknown): boolean {
  return String(there) === String(value) || (typeof there === 'string' && there.includes(String(value)));
}

/** A path as the table writes it: without the numbers of lists, and without KEY and PROPS. */
function placeOf(path: string): string {
  return alike(path.replaceAll(/\[\d+\]/g, '').replaceAll(/\.(KEY|PROPS)(?=\.|$)/gi, ''));
}

/** The names of entities, and those inside them, are read whatever their case and separators. */
function alike(place: string): string {
  const [first = '', ...inner] = place.split('.');
  if (first !== 'entityMap') return place;
  return [first, ...inner.map((name) => (name === '*' ? name : plainName(name)))].join('.');
}
