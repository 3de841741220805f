import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { LeaseStore } from './lease-store.js';
import { type HeldLease, RenewedLease } from './renewed-lease.js';

/** What `holdLease` needs. */
export interface HoldLeaseOptions {
  readonly store: LeaseStore;
  /** What the lease is for: two processes with one identity must not both work. */
  readonly identity: string;
  readonly clock: Clock;
  /** Ends the wait for a lease that another process holds. */
  readonly signal: AbortSignal;
  /** Called once, when another process holds the lease and this one begins to wait. */
  readonly onWaiting?: () => void;
  /** How long the lease lasts without a renewal; 30 s unless given. */
  readonly ttlMs?: number;
}

/**
 * Takes the lease, waiting as long as another process holds it; undefined when `signal` ended the wait. The holder must
 * release it. Throws StorageError when the store fails.
 */
export async function holdLease(options: HoldLeaseOptions): Promise<HeldLease | undefined> {
  const { store, identity, clock, signal, onWaiting, ttlMs = 30_000 } = options;
  const holder = randomUUID();
  let isWaiting = false;
  while (!signal.aborted) {
    // Counted from before the request: how long its answer took does not lengthen the lease.
    const until = clock.monotonic() + ttlMs;
    const isAcquired = await store.acquire(identity, holder, ttlMs);
    if (isAcquired && clock.monotonic() < until) {
      const lease = new RenewedLease({ store, identity, holder, clock, ttlMs, until });
      lease.start();
      return lease;
    }
    if (isAcquired) continue;
    if (!isWaiting) onWaiting?.();
    isWaiting = true;
    await clock.sleep(ttlMs / 10, signal);
  }
  return undefined;
}
