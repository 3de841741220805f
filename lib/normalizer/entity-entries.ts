import { asObject } from './oddities.js';

/** One entry of an entity: `{"KEY":{…},"PROPS":{…}}`, the same flat, or a plain string. */
export interface Entry {
  readonly value: unknown;
  /** The values of KEY, of PROPS and of the entry itself by name, each name in small letters without separators. */
  readonly members: ReadonlyMap<string, readonly unknown[]>;
}

/** The entries of each entity by its name in small letters without separators, in the map's own order. */
export type Entities = ReadonlyMap<string, readonly Entry[]>;

const NO_MEMBERS: ReadonlyMap<string, readonly unknown[]> = new Map();

/** How deep a value is looked for inside an entry; a map can be nested as deep as a hostile sender likes. */
const MAX_DEPTH = 8;

/** Reads the entries of the entities of these names: each has a list of them, or a single one. */
export function readEntities(map: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): Entities {
  const entities = new Map<string, Entry[]>();
  for (const [name, value] of Object.entries(map)) {
    const alike = plainName(name);
    if (!names.has(alike)) continue;
    const entries = entities.get(alike) ?? [];
    for (const one of Array.isArray(value) ? value : [value]) entries.push({ value: one, members: membersOf(one) });
    entities.set(alike, entries);
  }
  return entities;
}

/** Whether one of the entries is neither an object nor text; null is no value, and nothing odd. */
export function hasOddEntry(entities: Entities): boolean {
  for (const entries of entities.values()) {
    if (entries.some(isOdd)) return true;
  }
  return false;
}

/** The entry's values of that name, given in small letters without separators. */
export function valuesNamed(entry: Entry, name: string): readonly unknown[] {
  return entry.members.get(name) ?? [];
}

/** The first text with something in it among the entry's values of these names. */
export function textNamed(entry: Entry, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = valuesNamed(entry, name).find(isFilledText);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The object that is the entry's first of that name, read as an entry is. */
export function entryNamed(entry: Entry, name: string): Entry {
  const value = valuesNamed(entry, name).find((one) => asObject(one) !== undefined);
  return { value, members: membersOf(value) };
}

/** The first string inside the value, in its own order, that `fits`. */
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

function isOdd({ value }: Entry): boolean {
  return value !== null && value !== undefined && typeof value !== 'string' && asObject(value) === undefined;
}

function membersOf(value: unknown): ReadonlyMap<string, readonly unknown[]> {
  const object = asObject(value);
  if (object === undefined) return NO_MEMBERS;
  const flat = Object.entries(object);
  const members = new Map<string, unknown[]>();
  for (const [name, inner] of flat) {
    if (isPlace(plainName(name)))
      for (const member of Object.entries(asObject(inner) ?? {})) addMember(members, member);
  }
  for (const member of flat) addMember(members, member);
  return members;
}

function addMember(members: Map<string, unknown[]>, [name, value]: [string, unknown]): void {
  const alike = plainName(name);
  const values = members.get(alike);
  if (values === undefined) members.set(alike, [value]);
  else values.push(value);
}

function isPlace(name: string): boolean {
  return name === 'key' || name === 'props';
}

/** The name in small letters without separators, as names are compared. */
export function plainName(name: string): string {
  const lower = name.toLowerCase();
  return /[^a-z0-9]/.test(lower) ? lower.replaceAll(/[^a-z0-9]/g, '') : lower;
}
