import { type Clock, DamagedValueError, type Monitor, type Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import type { RateLimit } from '../lacework/rate-limit.js';
import { messages } from '../messages.js';

const KEY = 'calls';
const MINUTE_MS = 60_000;
/** A kill loses count of fewer calls than this. */
const KEEP_EVERY = 10;

const historySchema = z.object({
  /** Milliseconds since 1970. */
  keptAt: z.number(),
  /** How many calls were made so many whole minutes before that. */
  calls: z.array(z.tuple([z.int().min(0), z.int().min(1).max(1_000_000)])),
});

/** Keeps the calls of the last hour in the store, so that a start within the hour goes on with the count. */
export class CallHistory {
  readonly #storage: Storage;
  readonly #rateLimit: RateLimit;
  readonly #clock: Clock;
  #keptMade = 0;

  constructor(storage: Storage, rateLimit: RateLimit, clock: Clock) {
    this.#storage = storage;
    this.#rateLimit = rateLimit;
    this.#clock = clock;
  }

  /** Counts what an earlier run has called. */
  async load(monitor: Monitor): Promise<void> {
    try {
      const history = await this.#storage.get(KEY, historySchema);
      if (history === undefined) return;
      // A clock that was set back makes the calls younger than they are, never older.
      const sinceMs = Math.max(0, this.#clock.now() - history.keptAt);
      const ages = history.calls.flatMap(([minutes, calls]) =>
        new Array<number>(calls).fill(minutes * MINUTE_MS + sinceMs),
      );
      this.#rateLimit.restore(ages);
    } catch (error) {
      if (!(error instanceof DamagedValueError)) throw error;
      monitor.report(messages.callsDamaged({ setAside: error.setAsideAs }));
    }
  }

  /** Makes the count durable, when `every` calls have been made since it last was. */
  async keep(every = KEEP_EVERY): Promise<void> {
    const { made } = this.#rateLimit;
    if (made - this.#keptMade < every) return;
    const calls = new Map<number, number>();
    for (const age of this.#rateLimit.ages()) {
      const minutes = Math.floor(age / MINUTE_MS);
      calls.set(minutes, (calls.get(minutes) ?? 0) + 1);
    }
    await this.#storage.set(KEY, { keptAt: this.#clock.now(), calls: [...calls] });
    this.#keptMade = made;
  }
}
