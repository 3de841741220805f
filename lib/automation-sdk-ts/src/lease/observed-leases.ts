import type { Clock } from '../clock.js';

/**
 * Tells when a lease has run out on a store without a clock of its own: its record has not changed for its whole time,
 * by the watcher's own monotonic clock. Wall clocks that differ or jump do no harm; the price is that whoever comes
 * after a crash watches for that long before it takes over.
 */
export class ObservedLeases {
  readonly #clock: Clock;
  readonly #seen = new Map<string, { readonly record: string; readonly since: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes the record of the lease as it is now; true when it has been the same for at least `ttlMs`. */
  hasRunOut(identity: string, record: string, ttlMs: number): boolean {
    const now = this.#clock.monotonic();
    const seen = this.#seen.get(identity);
    if (seen?.record === record) return now - seen.since >= ttlMs;
    this.#seen.set(identity, { record, since: now });
    return false;
  }
}
