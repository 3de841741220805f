import { describe, expect, it } from '@jest/globals';
import { type Entry, plainName } from '../../lib/normalizer/entity-entries.js';
import { SOURCES } from '../../lib/normalizer/entity-map.js';
import { FIELDS } from '../../lib/normalizer/fields.js';

type Read = (entry: Entry) => string | undefined;

const rows = FIELDS.flatMap(({ name, present, from }) => {
  const sources: readonly (readonly [string, Read])[] | undefined = SOURCES[name as keyof typeof SOURCES];
  return sources === undefined ? [] : [{ name, present, from, sources }];
});

describe('What the table says of when a field is there', () => {
  it('is held against every field that an entity map gives', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(SOURCES).sort());
  });

  it.each(rows)('names the entities that $name is read from, and their keys', ({ present, sources }) => {
    const words = present.split(/\W+/);
    const entities = words.filter((word) => /^[A-Z]/.test(word)).map(plainName);
    const keys = words.filter((word) => /^[a-z]/.test(word)).map(plainName);
    expect(entities).toEqual(expect.arrayContaining(sources.map(([entity]) => entity)));
    expect(keys).toEqual(expect.arrayContaining(sources.flatMap(([, read]) => keysAskedBy(read))));
  });

  it.each(rows)('names for $name the places of these keys in an alert', ({ from, sources }) => {
    const places = from.flatMap((origin) => {
      const [first, entity = '', ...key] = origin.split('.');
      return first === 'entityMap' ? [[plainName(entity), ...key.map(plainName)].join('.')] : [];
    });
    for (const [entity, read] of sources) {
      const isAnyText = places.includes(`${entity}.`);
      for (const key of isAnyText ? [] : keysAskedBy(read)) {
        const named = places.filter((place) => `${place}.`.startsWith(`${entity}.${key}.`));
        expect({ entity, key, named }).not.toEqual({ entity, key, named: [] });
      }
      expect(places.some((place) => place === entity || place.startsWith(`${entity}.`))).toBe(true);
    }
    const entities = sources.map(([entity]): string => entity);
    expect(places.filter((place) => !entities.includes(place.split('.')[0] ?? ''))).toEqual([]);
  });

  it.each(rows.filter(({ present }) => present.includes('location.')))('names the key of $name in location', (row) => {
    const [, key = ''] = /location\.(\w+)/.exec(row.present) ?? [];
    const entry = { value: {}, members: new Map([['location', [{ [key]: 'there' }]]]) };
    expect(row.sources.map(([, read]) => read(entry))).toEqual(['there']);
  });

  it.each(rows)('says whether $name is read from plain text', ({ present, sources }) => {
    const entry = { value: '203.0.113.7', members: new Map() };
    expect(present.includes('as plain text')).toBe(sources.some(([, read]) => read(entry) !== undefined));
  });
});

/** The names under which an entry is asked for its values, but for its KEY. */
function keysAskedBy(read: Read): string[] {
  const asked: string[] = [];
  const members = new Map<string, readonly unknown[]>();
  members.get = (name) => {
    asked.push(name);
    return undefined;
  };
  read({ value: {}, members });
  return asked.filter((name) => name !== 'key');
}
