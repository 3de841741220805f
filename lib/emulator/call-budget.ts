import type { ApiFunction } from './faults.js';

const HOUR = 3_600_000;

type Header = 'RateLimit-Limit' | 'RateLimit-Remaining' | 'RateLimit-Reset';

/** The API's budget of calls, an hour at a time and apart for each function. */
export class CallBudget {
  readonly #perHour: number;
  readonly #now: () => number;
  readonly #hours = new Map<ApiFunction, { start: number; used: number }>();

  constructor(perHour: number, now: () => number) {
    this.#perHour = perHour;
    this.#now = now;
  }

  /** Counts a call: whether it is within the budget, and the headers that say what is left. */
  spend(called: ApiFunction): { readonly allowed: boolean; readonly headers: Readonly<Record<Header, string>> } {
    const now = this.#now();
    let hour = this.#hours.get(called);
    if (!hour || now >= hour.start + HOUR || now < hour.start) {
      hour = { start: now, used: 0 };
      this.#hours.set(called, hour);
    }
    const allowed = hour.used < this.#perHour;
    if (allowed) hour.used += 1;
    return {
      allowed,
      headers: {
        'RateLimit-Limit': String(this.#perHour),
        'RateLimit-Remaining': String(this.#perHour - hour.used),
        'RateLimit-Reset': String(Math.ceil((hour.start + HOUR - now) / 1000)),
      },
    };
  }
}
