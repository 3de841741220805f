import { afterAll, describe, expect, it } from '@jest/globals';
import { DamagedValueError, type Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';

/** One kind of store, as the suite needs it. */
export interface StoreUnderTest {
  /** Opens an empty place, the same place again at each later call until `empty` is called. */
  readonly open: () => Promise<Storage>;
  /** The text that is stored for a key, and what puts another one there, past the storage. */
  readonly readText?: (key: string) => Promise<string>;
  readonly writeText?: (key: string, text: string) => Promise<void>;
  /** The text that was set aside under a name. */
  readonly readSetAside?: (name: string) => Promise<string>;
  /** How many values at a time are asked of it; 1000 unless given. */
  readonly many?: number;
}

const anything = z.unknown();

const unusualKeys = [
  'a',
  'A',
  'a/b',
  'a/B',
  'a.json/b',
  'a.json',
  '.',
  '..',
  '../../escaped',
  './a',
  '/leading',
  'trailing/',
  'two//slashes',
  'with space',
  'quote\'"`',
  'percent%2f',
  'under_score_2f',
  'a:z',
  'keyv:a',
  'star*?[x]',
  'back\\slash',
  'new\nline',
  'composed \u00e9',
  'composed e\u0301',
  'ключ/鍵/🔑',
  '__proto__',
  'constructor',
  'x'.repeat(200),
];

/** Everything that a Storage promises, asked of one kind of store. */
export function describeStorage(
  name: string,
  { open: openAgain, readText, writeText, readSetAside, many = 1000 }: StoreUnderTest,
): void {
  describe(`storage: ${name}`, () => {
    const opened = new Set<Storage>();
    afterAll(() => Promise.all([...opened].map((storage) => storage.close())));

    async function open(): Promise<Storage> {
      const storage = await openAgain();
      opened.add(storage);
      return storage;
    }

    it('answers undefined for a key that was never written', async () => {
      const storage = await open();
      expect(await storage.get('nothing/here', anything)).toBeUndefined();
    });

    it('gives back each value as JSON keeps it, from another process too', async () => {
      const values = [null, false, 0, '', 'é 🔑 \u0000 \ud800', [], {}, { deep: [{ n: 1.5 }] }, '"', '{"crc32":"'];
      const storage = await open();
      for (const [index, value] of values.entries()) await storage.set(`value-${index}`, value);
      const again = await open();
      for (const [index, value] of values.entries()) expect(await again.get(`value-${index}`, anything)).toEqual(value);
    });

    it('keeps a value of 5 MB', async () => {
      const value = 'lang é '.repeat(700_000);
      const storage = await open();
      await storage.set('large', value);
      expect((await (await open()).get('large', anything)) === value).toBe(true);
    });

    it('keeps unusual keys apart, lists them by prefix in the order of their code units, and deletes them', async () => {
      const storage = await open();
      for (const key of unusualKeys) await storage.set(`unusual/${key}`, key);
      for (const key of unusualKeys) expect(await storage.get(`unusual/${key}`, anything)).toBe(key);
      const expected = unusualKeys.map((key) => `unusual/${key}`).sort();
      expect(await storage.keys('unusual/')).toEqual(expected);
      expect(await storage.keys('unusual/a')).toEqual(expected.filter((key) => key.startsWith('unusual/a')));
      expect(await storage.keys('unusual/../')).toEqual(['unusual/../../escaped']);
      await storage.delete(expected);
      expect(await storage.keys('unusual/')).toEqual([]);
    });

    it('refuses a key that it could not keep apart from another', async () => {
      const storage = await open();
      for (const key of ['', 'nul\0', 'a.corrupt', 'lone \ud800']) {
        await expect(storage.set(key, 1)).rejects.toThrow(TypeError);
        await expect(storage.get(key, anything)).rejects.toThrow(TypeError);
      }
    });

    it('refuses a value that JSON can not hold', async () => {
      const storage = await open();
      await expect(storage.set('refused', undefined)).rejects.toThrow(TypeError);
      await expect(storage.set('refused', 1n)).rejects.toThrow(TypeError);
      expect(await storage.get('refused', anything)).toBeUndefined();
    });

    it('passes over keys that are not there when it deletes', async () => {
      const storage = await open();
      await storage.set('delete/a', 1);
      await storage.delete(['delete/none', 'delete/a', 'delete/a']);
      await storage.delete([]);
      expect(await storage.get('delete/a', anything)).toBeUndefined();
    });

    it('leaves the last of many writes of one key, in the order of the calls', async () => {
      const storage = await open();
      await Promise.all(Array.from({ length: 50 }, (_, index) => storage.set('contended', index)));
      expect(await (await open()).get('contended', anything)).toBe(49);
      await Promise.all([storage.set('contended', 'a'), storage.delete(['contended']), storage.set('contended', 'b')]);
      expect(await storage.get('contended', anything)).toBe('b');
      await Promise.all([storage.set('contended', 'c'), storage.delete(['contended'])]);
      expect(await storage.get('contended', anything)).toBeUndefined();
    });

    it('writes the value as it was at the call', async () => {
      const storage = await open();
      const value = { count: 1 };
      const written = storage.set('snapshot', value);
      value.count = 2;
      await written;
      expect(await storage.get('snapshot', anything)).toEqual({ count: 1 });
    });

    it(`reads and lists ${many} values at a time`, async () => {
      const storage = await open();
      const keys = Array.from({ length: many }, (_, index) => `many/${String(index).padStart(4, '0')}`);
      await Promise.all(keys.map((key) => storage.set(key, key)));
      expect(await storage.keys('many/')).toEqual(keys);
      expect(await Promise.all(keys.map((key) => storage.get(key, anything)))).toEqual(keys);
      await storage.delete(keys);
      expect(await storage.keys('many/')).toEqual([]);
    });

    it('sets a value of the wrong shape aside, says where, and then has none', async () => {
      const storage = await open();
      await storage.set('shape/a', { until: 'yesterday' });
      const error = await storage.get('shape/a', z.object({ until: z.number() })).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DamagedValueError);
      expect(error).toMatchObject({ key: 'shape/a', detail: 'until: invalid_type' });
      expect((error as DamagedValueError).setAsideAs).toMatch(/shape\/a.*\.corrupt$/);
      expect(await storage.get('shape/a', anything)).toBeUndefined();
      expect(await storage.keys('shape/')).toEqual([]);
    });

    it('keeps a value that was written while an older, damaged one was being read', async () => {
      const storage = await open();
      const number = z.number();
      await storage.set('race', 'damaged');
      const [read] = await Promise.allSettled([storage.get('race', number), storage.set('race', 7)]);
      if (read.status === 'fulfilled') expect(read.value).toBe(7);
      expect(await storage.get('race', number)).toBe(7);
    });

    if (readText && writeText && readSetAside) {
      it('notices every kind of damage, keeps each damaged text, and goes on with new values', async () => {
        const storage = await open();
        const key = 'damage/checkpoint';
        await storage.set(key, { until: 1_700_000_000_000 });
        const text = await readText(key);
        const damaged = [
          '',
          text.slice(0, -1),
          text.slice(0, text.length / 2),
          `${text}\n`,
          text.replace('17', '16'),
          `${text.slice(0, 12)}0${text.slice(13)}`,
          '{}',
          'null',
          'no JSON',
        ];
        const names: string[] = [];
        for (const each of damaged) {
          await writeText(key, each);
          const error = await storage.get(key, anything).catch((reason: unknown) => reason);
          expect(error).toBeInstanceOf(DamagedValueError);
          names.push((error as DamagedValueError).setAsideAs);
          expect(await storage.get(key, anything)).toBeUndefined();
        }
        expect(new Set(names).size).toBe(damaged.length);
        expect(await Promise.all(names.map(readSetAside))).toEqual(damaged);
        expect(await storage.keys('damage/')).toEqual([]);
        await storage.set(key, 1);
        expect(await storage.get(key, anything)).toBe(1);
      });
    }
  });
}
