/**
 * Leases beside Keyv, which has no compare-and-set. Each method is one atomic step on the store; when the store fails,
 * a StorageError is thrown and the outcome is unknown.
 */
export interface LeaseStore {
  /**
   * Takes the lease of `identity` for `ttlMs` if it is free, has run out, or is held by `holder` already; true when it
   * is now held by `holder`, a name that no other process has.
   */
  acquire(identity: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Holds it for another `ttlMs` from now; false when it has gone to another. */
  renew(identity: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Gives it up, if it is still held by `holder`. */
  release(identity: string, holder: string): Promise<void>;
}
