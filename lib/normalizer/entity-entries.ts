import { asObject } from './oddities.js';

/** One entry of an entity: `{"KEY":{…},"PROPS":{…}}`, the same flat, or a plain string. */
type Entry = unknown;

/** An entity map with the names of its entities made alike: in the map's own order, whatever their case and separators. */
export type Entities = ReadonlyMap<string, readonly Entry[]>;

/** How deep a value is looked for inside an entry; a map can be nested as deep as a hostile sender likes. */
const MAX_DEPTH = 8;

/** Reads what every entity of the map has for entries: a list, or a single one. */
export function readEntities(map: Readonly<Record<string, unknown>>): Entities {
  const entities = new Map<string, Entry[]>();
  for (const [name, value] of Object.entries(map)) {
    const alike = plainName(name);
    const entries = entities.get(alike) ?? [];
    for (const entry of Array.isArray(value) ? value : [value]) entries.push(entry);
    entities.set(alike, entries);
  }
  return entities;
}

/** The entry's value of that name, written without separators in lower case, from KEY, PROPS or the entry itself. */
export function valuesNamed(entry: Entry, name: string): unknown[] {
  return placesOf(entry).flatMap((place) =>
    Object.entries(place).flatMap(([key, value]) => (plainName(key) === name ? [value] : [])),
  );
}

/** The first text with something in it among the entry's values of these names. */
export function textNamed(entry: Entry, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = valuesNamed(entry, name).find(isFilledText);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The first string inside the value, in document order, that `fits`. */
export function firstString(value: unknown, fits: (text: string) => boolean, depth = 0): string | undefined {
  if (typeof value === 'string') return fits(value) ? value : undefined;
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return undefined;
  for (const inner of Object.values(value)) {
    const found = firstString(inner, fits, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether the value is a string with something in it. */
export function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function placesOf(entry: Entry): Readonly<Record<string, unknown>>[] {
  const flat = asObject(entry);
  if (flat === undefined) return [];
  const places = Object.entries(flat).flatMap(([key, value]) => {
    const inner = plainName(key) === 'key' || plainName(key) === 'props' ? asObject(value) : undefined;
    return inner === undefined ? [] : [inner];
  });
  return [...places, flat];
}

function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}
