import { z } from 'zod';
import type { Clock } from '../clock.js';
import { isCertainlyDead, processMark } from './process-life.js';

const leaseRecord = z.object({
  holder: z.string(),
  ttlMs: z.number(),
  /** Rises with every renewal, so that who watches sees a change. */
  renewals: z.int(),
  isReleased: z.boolean(),
  process: processMark.optional(),
});

/** What a lease is written as, in a file or an object. */
export type LeaseRecord = z.infer<typeof leaseRecord>;

/** The record, or undefined when it is half written or damaged. */
export function parseLeaseRecord(text: string): LeaseRecord | undefined {
  try {
    return leaseRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Judges the leases of a store that has no clock of its own. A lease whose process is seen to be dead is free at once.
 * Any other has run out when its record has not changed for its whole time by the watcher's own monotonic clock: wall
 * clocks that differ or jump do no harm, and whoever comes after a crash elsewhere watches for that long.
 */
export class LeaseWatch {
  readonly #clock: Clock;
  readonly #seen = new Map<string, { readonly version: string; readonly since: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether `holder` may take the lease that is now written as `text`; `ttlMs` counts when the record can't be read. */
  async isFree(identity: string, text: string, holder: string, ttlMs: number): Promise<boolean> {
    const record = parseLeaseRecord(text);
    if (record?.isReleased || record?.holder === holder) return true;
    if (record?.process && (await isCertainlyDead(record.process))) return true;
    return this.#unchangedForMs(identity, text) >= (record?.ttlMs ?? ttlMs);
  }

  #unchangedForMs(identity: string, version: string): number {
    const now = this.#clock.monotonic();
    const seen = this.#seen.get(identity);
    if (seen?.version === version) return now - seen.since;
    this.#seen.set(identity, { version, since: now });
    return 0;
  }
}
