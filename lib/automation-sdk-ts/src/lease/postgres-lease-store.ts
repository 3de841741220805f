import type { PostgresConnection } from '../storage/postgres-connection.js';
import { storageFailure } from '../storage/storage-failure.js';
import type { LeaseStore } from './lease-store.js';

/** Leases as rows of a table, which run out by the server's clock. */
export class PostgresLeaseStore implements LeaseStore {
  readonly #connection: PostgresConnection;
  readonly #description: string;

  constructor(connection: PostgresConnection, description: string) {
    this.#connection = connection;
    this.#description = description;
  }

  async acquire(identity: string, holder: string, ttlMs: number): Promise<boolean> {
    return await this.#changesARow(
      'acquiring',
      `INSERT INTO automation_lease AS current (identity, holder, expires_at)
       VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
       ON CONFLICT (identity) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
       WHERE current.holder = excluded.holder OR current.expires_at <= clock_timestamp()
       RETURNING 1`,
      [identity, holder, ttlMs],
    );
  }

  async renew(identity: string, holder: string, ttlMs: number): Promise<boolean> {
    return await this.#changesARow(
      'renewing',
      `UPDATE automation_lease SET expires_at = clock_timestamp() + $3 * interval '1 millisecond'
       WHERE identity = $1 AND holder = $2 RETURNING 1`,
      [identity, holder, ttlMs],
    );
  }

  async release(identity: string, holder: string): Promise<void> {
    const statement = 'DELETE FROM automation_lease WHERE identity = $1 AND holder = $2';
    await this.#changesARow('releasing', statement, [identity, holder]);
  }

  async #changesARow(doing: string, statement: string, values: readonly unknown[]): Promise<boolean> {
    try {
      return (await this.#connection.query(statement, values)).length > 0;
    } catch (error) {
      throw storageFailure(this.#description, `${doing} the lease`, error);
    }
  }
}
