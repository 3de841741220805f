import { DAMAGED, freeAsideName } from './key-names.js';
import type { PostgresConnection } from './postgres-connection.js';
import { describeServer } from './state-store.js';
import type { Store } from './store.js';

/** A table of a PostgreSQL server, one row a key. */
export class PostgresStore implements Store {
  readonly concurrency: number;
  readonly description: string;
  readonly #connection: PostgresConnection;
  readonly #identity: string;

  constructor(connection: PostgresConnection, url: URL, identity: string) {
    this.concurrency = connection.concurrency;
    this.description = describeServer(url);
    this.#connection = connection;
    this.#identity = identity;
  }

  async get(key: string): Promise<string | undefined> {
    const [row] = await this.#connection.query<{ value: string }>(
      'SELECT value FROM automation_state WHERE identity = $1 AND key = $2',
      [this.#identity, key],
    );
    return row?.value;
  }

  async set(key: string, text: string): Promise<void> {
    await this.#connection.query(
      `INSERT INTO automation_state (identity, key, value) VALUES ($1, $2, $3)
       ON CONFLICT (identity, key) DO UPDATE SET value = excluded.value`,
      [this.#identity, key, text],
    );
  }

  async deleteMany(keys: readonly string[]): Promise<void> {
    await this.#connection.query('DELETE FROM automation_state WHERE identity = $1 AND key = ANY($2)', [
      this.#identity,
      keys,
    ]);
  }

  async keys(prefix: string): Promise<string[]> {
    const rows = await this.#connection.query<{ key: string }>(
      'SELECT key FROM automation_state WHERE identity = $1 AND starts_with(key, $2)',
      [this.#identity, prefix],
    );
    return rows.map(({ key }) => key).filter((key) => !key.endsWith(DAMAGED));
  }

  async setAside(key: string): Promise<string> {
    const aside = await freeAsideName(key, async (name) => (await this.get(name)) !== undefined);
    await this.#connection.query('UPDATE automation_state SET key = $3 WHERE identity = $1 AND key = $2', [
      this.#identity,
      key,
      aside,
    ]);
    return aside;
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
