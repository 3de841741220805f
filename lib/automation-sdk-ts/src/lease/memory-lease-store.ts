import type { Clock } from '../clock.js';
import type { LeaseStore } from './lease-store.js';

/** Leases among the tasks of one process. */
export class MemoryLeaseStore implements LeaseStore {
  readonly #clock: Clock;
  readonly #leases = new Map<string, { readonly holder: string; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async acquire(identity: string, holder: string, ttlMs: number): Promise<boolean> {
    const current = this.#leases.get(identity);
    const now = this.#clock.monotonic();
    if (current && current.holder !== holder && current.until > now) return false;
    this.#leases.set(identity, { holder, until: now + ttlMs });
    return true;
  }

  async renew(identity: string, holder: string, ttlMs: number): Promise<boolean> {
    if (this.#leases.get(identity)?.holder !== holder) return false;
    return await this.acquire(identity, holder, ttlMs);
  }

  async release(identity: string, holder: string): Promise<void> {
    if (this.#leases.get(identity)?.holder === holder) this.#leases.delete(identity);
  }
}
