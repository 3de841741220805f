import pg from 'pg';
import { withDeadline } from './deadline.js';

const CONNECT_TIMEOUT_MS = 4_000;
/** One query may last this long, the wait for a connection included. */
const DEADLINE_MS = 5_000;

const TABLES_MISSING =
  "SELECT to_regclass('automation_state') IS NULL OR to_regclass('automation_lease') IS NULL AS missing";

// Two processes that create a table at the same moment disturb each other, hence the lock, until the end of the batch.
const TABLES = `
  SELECT pg_advisory_xact_lock(20240501);
  CREATE TABLE IF NOT EXISTS automation_state (
    identity text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, value text NOT NULL, PRIMARY KEY (identity, key));
  CREATE TABLE IF NOT EXISTS automation_lease (
    identity text PRIMARY KEY, holder text NOT NULL, expires_at timestamptz NOT NULL)`;

/**
 * The connections to a PostgreSQL server, for the state and the leases together. They are made when they are needed,
 * and again after they are lost; so are the tables. No query waits longer than its deadline.
 */
export class PostgresConnection {
  readonly concurrency = 4;
  readonly #pool: pg.Pool;
  #tables: Promise<void> | undefined;

  constructor(url: URL) {
    this.#pool = new pg.Pool({
      connectionString: url.href,
      // One more, so that the lease is renewed while values are written.
      max: this.concurrency + 1,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      // Frees the connection that a query hangs on; whoever waits has been told just before.
      query_timeout: DEADLINE_MS + 500,
      keepAlive: true,
      application_name: 'automation-sdk-ts',
    });
    // Without a listener the loss of a connection that nobody uses would end the process.
    this.#pool.on('error', () => undefined);
  }

  /** Runs one statement and answers its rows. */
  async query<Row extends pg.QueryResultRow>(statement: string, values: readonly unknown[]): Promise<Row[]> {
    this.#tables ??= this.#createTables();
    await this.#tables;
    const { rows } = await withDeadline(DEADLINE_MS, this.#pool.query<Row>(statement, [...values]));
    return rows;
  }

  /** Ends the connections; queries under way are waited for. */
  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #createTables(): Promise<void> {
    try {
      // Looked for first: a user who may not create tables can be given them.
      const { rows } = await this.#pool.query<{ missing: boolean }>(TABLES_MISSING);
      if (rows[0]?.missing) await this.#pool.query(TABLES);
    } catch (error) {
      this.#tables = undefined;
      throw error;
    }
  }
}
