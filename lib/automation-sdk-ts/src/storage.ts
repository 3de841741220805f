import type { z } from 'zod';

/** Durable state by key. A store that fails throws a StorageError; it never answers as if it were empty. */
export interface Storage {
  /** Where it is, for a person; carries no credential. */
  readonly description: string;
  /**
   * The value parsed with `schema`, or undefined when there is none.
   * Throws DamagedValueError, after setting the value aside, when it can't be read or has the wrong shape.
   */
  get<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  /** What another program keeps under this key, as it is: without a checksum, and never set aside. */
  foreignText(key: string): Promise<string | undefined>;
  /** Durable when it resolves; after a failure the old value is still there. `value` must survive JSON. */
  set(key: string, value: unknown): Promise<void>;
  /** Deletes the keys; those that are not there are passed over. */
  delete(keys: readonly string[]): Promise<void>;
  /** All keys that begin with `prefix`, sorted by code unit; values set aside as damaged are not among them. */
  keys(prefix: string): Promise<string[]>;
  /** Releases connections; the store can't be used afterwards. */
  close(): Promise<void>;
}

/** The right to work under an identity, held by one process at a time. */
export interface Lease {
  /** Throws LeaseLostError unless the lease is held now, by this process's own monotonic clock. Call before each delivery and each record. */
  assertHeld(): void;
}
