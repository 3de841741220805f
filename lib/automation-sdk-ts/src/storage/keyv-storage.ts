import Keyv from 'keyv';
import pLimit from 'p-limit';
import type { z } from 'zod';
import { DamagedValueError } from '../errors.js';
import type { Storage } from '../storage.js';
import { checkKey } from './key-names.js';
import { KeyOrder } from './key-order.js';
import { storageFailure } from './storage-failure.js';
import type { Store } from './store.js';
import { DamagedTextError, readStoredText, writeStoredText } from './stored-text.js';

type Reading<T> = { readonly value: T | undefined } | { readonly damage: DamagedTextError | z.ZodError };

/** Keyv over one of our stores, without Keyv's habit of answering `undefined` or `false` when the store fails. */
export class KeyvStorage implements Storage {
  readonly description: string;
  readonly #store: Store;
  readonly #keyv: Keyv<string>;
  readonly #order = new KeyOrder();
  readonly #limit: ReturnType<typeof pLimit>;

  constructor(store: Store) {
    this.description = store.description;
    this.#store = store;
    this.#limit = pLimit(store.concurrency);
    this.#keyv = new Keyv({
      store: keyvAdapter(store),
      throwOnErrors: true,
      // Keyv takes the key `a:z` for `z` in the namespace `a`.
      useKeyPrefix: false,
      // Written by `set` already, at the call, so that a later change of the object by its owner reaches no store.
      serialize: ({ value }) => value as string,
      deserialize: (text) => ({ value: readStoredText(text) as never, expires: undefined }),
    });
  }

  async get<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined> {
    checkKey(key);
    const first = await this.#read(key, schema);
    if ('value' in first) return first.value;
    // Between the reading and the moving a newer value may have been written, and that one must stay.
    return await this.#order.run([key], async () => {
      const second = await this.#read(key, schema);
      if ('value' in second) return second.value;
      const setAsideAs = await this.#attempt(`setting aside ${key}`, () => this.#store.setAside(key));
      throw new DamagedValueError(key, setAsideAs, { detail: detailOf(second.damage) });
    });
  }

  async foreignText(key: string): Promise<string | undefined> {
    checkKey(key);
    return await this.#attempt(`reading ${key}`, () => this.#store.get(key));
  }

  async set(key: string, value: unknown): Promise<void> {
    checkKey(key);
    const text = writeStoredText(value);
    await this.#order.run([key], () =>
      this.#attempt(`writing ${key}`, async () => {
        if (!(await this.#keyv.set(key, text))) throw new Error('not written');
      }),
    );
  }

  async delete(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#order.run(keys, () =>
      this.#attempt(`deleting ${keys.length} values`, () => this.#keyv.deleteMany([...keys])),
    );
  }

  async keys(prefix: string): Promise<string[]> {
    const keys = await this.#attempt(`listing ${prefix}`, () => this.#store.keys(prefix));
    return keys.sort();
  }

  async close(): Promise<void> {
    await this.#store.close();
  }

  async #read<T>(key: string, schema: z.ZodType<T>): Promise<Reading<T>> {
    const reading = await this.#attempt<Reading<unknown>>(`reading ${key}`, async () => {
      try {
        return { value: await this.#keyv.get<unknown>(key) };
      } catch (error) {
        if (error instanceof DamagedTextError) return { damage: error };
        throw error;
      }
    });
    if ('damage' in reading || reading.value === undefined) return reading as Reading<T>;
    const parsed = schema.safeParse(reading.value);
    return parsed.success ? { value: parsed.data } : { damage: parsed.error };
  }

  async #attempt<T>(doing: string, task: () => Promise<T>): Promise<T> {
    try {
      return await this.#limit(task);
    } catch (error) {
      throw storageFailure(this.description, doing, error);
    }
  }
}

function keyvAdapter(store: Store) {
  return {
    get: (key: string) => store.get(key),
    set: (key: string, text: string) => store.set(key, text),
    delete: (key: string) => store.deleteMany([key]),
    deleteMany: (keys: string[]) => store.deleteMany(keys),
    clear: async () => store.deleteMany(await store.keys('')),
  };
}

/** Where a value departs from its schema: paths and kinds, never the value. */
function detailOf(damage: DamagedTextError | z.ZodError): string {
  if (damage instanceof DamagedTextError) return damage.message;
  return damage.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', ');
}
