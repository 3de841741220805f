import { errorCode } from './error-code.js';
import { DAMAGED, encodeFolder } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';
import { describeServer } from './state-store.js';
import type { Store } from './store.js';
import { DamagedTextError } from './stored-text.js';

const KEYS_A_CALL = 1_000;

/** A Redis server; each key is stored as `IDENTITY:KEY`. */
export class RedisStore implements Store {
  readonly concurrency = 100;
  readonly description: string;
  readonly #connection: RedisConnection;
  readonly #prefix: string;

  constructor(connection: RedisConnection, url: URL, identity: string) {
    this.#connection = connection;
    this.#prefix = `${encodeFolder(identity)}:`;
    this.description = describeServer(url);
  }

  async get(key: string): Promise<string | undefined> {
    try {
      return (await this.#connection.run((client) => client.get(this.#prefix + key))) ?? undefined;
    } catch (error) {
      if (errorCode(error) === 'WRONGTYPE') throw new DamagedTextError('not a string', { cause: error });
      throw error;
    }
  }

  async set(key: string, text: string): Promise<void> {
    await this.#connection.run((client) => client.set(this.#prefix + key, text));
  }

  async deleteMany(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += KEYS_A_CALL) {
      const names = keys.slice(start, start + KEYS_A_CALL).map((key) => this.#prefix + key);
      await this.#connection.run((client) => client.unlink(names));
    }
  }

  async keys(prefix: string): Promise<string[]> {
    const MATCH = `${escapePattern(this.#prefix + prefix)}*`;
    // A key may be answered more than once.
    const names = new Set<string>();
    let cursor = '0';
    do {
      const answer = await this.#connection.run((client) => client.scan(cursor, { MATCH, COUNT: KEYS_A_CALL }));
      for (const name of answer.keys) if (!name.endsWith(DAMAGED)) names.add(name);
      cursor = answer.cursor;
    } while (cursor !== '0');
    return [...names].map((name) => name.slice(this.#prefix.length));
  }

  async setAside(key: string): Promise<string> {
    const name = this.#prefix + key;
    let aside = name + DAMAGED;
    for (let number = 2; (await this.#connection.run((client) => client.renameNX(name, aside))) !== 1; number += 1) {
      aside = `${name}.${number}${DAMAGED}`;
    }
    return aside;
  }

  async close(): Promise<void> {
    this.#connection.close();
  }
}

function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}
