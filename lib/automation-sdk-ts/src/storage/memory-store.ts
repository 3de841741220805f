import { DAMAGED, freeAsideName } from './key-names.js';
import type { Store } from './store.js';

/** Values in this process's memory, gone when it ends: for tests and trials. */
export class MemoryStore implements Store {
  readonly description = 'memory:';
  readonly concurrency = Number.POSITIVE_INFINITY;
  readonly #texts = new Map<string, string>();

  async get(key: string): Promise<string | undefined> {
    return this.#texts.get(key);
  }

  async set(key: string, text: string): Promise<void> {
    this.#texts.set(key, text);
  }

  async deleteMany(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#texts.delete(key);
  }

  async keys(prefix: string): Promise<string[]> {
    return [...this.#texts.keys()].filter((key) => key.startsWith(prefix) && !key.endsWith(DAMAGED));
  }

  async setAside(key: string): Promise<string> {
    const aside = await freeAsideName(key, async (name) => this.#texts.has(name));
    this.#texts.set(aside, this.#texts.get(key) ?? '');
    this.#texts.delete(key);
    return aside;
  }

  async close(): Promise<void> {}
}
