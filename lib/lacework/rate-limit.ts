import type { Clock } from '@sekoia/automation-sdk-ts';

/** The API's functions; the server counts calls for each of them. */
export type ApiFunction = 'tokens' | 'alerts' | 'details';

const HOUR_MS = 3_600_000;

/** What the server last said of one function. */
interface ServerFigures {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** When the count starts again, by the monotonic clock. */
  readonly resetAt: number;
}

/** Counts the calls of the last hour against one limit for all of them, lowered by what the server says of each function. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perHour: number;
  /** Monotonic times of the calls of the last hour, oldest first. */
  readonly #calls: number[] = [];
  readonly #server = new Map<ApiFunction, ServerFigures>();
  /** Until when the server has asked us to wait, for each function. */
  readonly #blocked = new Map<ApiFunction, number>();
  #made = 0;

  constructor(clock: Clock, perHour: number) {
    this.#clock = clock;
    this.#perHour = perHour;
  }

  /** Calls that may be made in an hour, all functions together. */
  get perHour(): number {
    return Math.min(this.#perHour, this.#server.get('alerts')?.limit ?? Number.POSITIVE_INFINITY);
  }

  /** Calls made so far, all kinds together. */
  get made(): number {
    return this.#made;
  }

  /** Milliseconds until a call of `fn` may be made: 0 for at once. */
  waitMs(fn: ApiFunction): number {
    const now = this.#clock.monotonic();
    const blocked = (this.#blocked.get(fn) ?? 0) - now;
    const figures = this.#server.get(fn);
    const emptied = figures?.remaining === 0 ? figures.resetAt - now : 0;
    return Math.max(0, blocked, emptied, this.#untilCapped(now));
  }

  /**
   * Calls of `fn` that may be made now, so that `planned` others, spread over the coming hour, still find room at every
   * moment of it, and the server grants them.
   */
  spare(fn: ApiFunction, planned: number): number {
    const now = this.#clock.monotonic();
    this.#forgetOld(now);
    let mostUsed = planned;
    for (const [index, at] of this.#calls.entries()) {
      const untilForgotten = at + HOUR_MS - now;
      mostUsed = Math.max(mostUsed, this.#calls.length - index + (planned * untilForgotten) / HOUR_MS);
    }
    const figures = this.#server.get(fn);
    const granted = figures !== undefined && figures.resetAt > now ? figures.remaining : undefined;
    return Math.max(0, Math.floor(Math.min(this.#perHour - mostUsed, granted ?? Number.POSITIVE_INFINITY)));
  }

  /** Counts a call that is about to be made. */
  count(fn: ApiFunction): void {
    this.#made += 1;
    this.#calls.push(this.#clock.monotonic());
    const figures = this.#server.get(fn);
    if (figures?.remaining) this.#server.set(fn, { ...figures, remaining: figures.remaining - 1 });
  }

  /** How long ago each call of the last hour was made, in milliseconds. */
  ages(): number[] {
    const now = this.#clock.monotonic();
    this.#forgetOld(now);
    return this.#calls.map((at) => now - at);
  }

  /** Counts calls that were made so many milliseconds ago, before this was made. */
  restore(ages: readonly number[]): void {
    const now = this.#clock.monotonic();
    this.#calls.push(...ages.map((age) => now - age));
    this.#calls.sort((a, b) => a - b);
  }

  /** Keeps what an answer's RateLimit headers say. */
  learn(fn: ApiFunction, headers: Record<string, unknown>): void {
    const resetMs = seconds(headers['ratelimit-reset']);
    const limit = wholeNumber(headers['ratelimit-limit']);
    const remaining = wholeNumber(headers['ratelimit-remaining']);
    if (limit === undefined && remaining === undefined) return;
    this.#server.set(fn, {
      // A limit of 0 would stop collection for good, and is no limit that makes sense.
      limit: limit === 0 ? undefined : limit,
      // Without a time at which it ends, "no call left" could be waited for in vain: a 429 will say it again.
      remaining: resetMs === undefined && remaining === 0 ? undefined : remaining,
      resetAt: this.#clock.monotonic() + Math.min(resetMs ?? HOUR_MS, HOUR_MS),
    });
  }

  /** Makes no call of `fn` for `ms` milliseconds: the server has refused one. */
  block(fn: ApiFunction, ms: number): void {
    this.#blocked.set(fn, this.#clock.monotonic() + ms);
  }

  /** Whether the server has refused a call of `fn` and its time is not over. */
  isBlocked(fn: ApiFunction): boolean {
    return (this.#blocked.get(fn) ?? 0) > this.#clock.monotonic();
  }

  #untilCapped(now: number): number {
    this.#forgetOld(now);
    const [oldest] = this.#calls;
    return oldest === undefined || this.#calls.length < this.#perHour ? 0 : oldest + HOUR_MS - now;
  }

  #forgetOld(now: number): void {
    const young = this.#calls.findIndex((at) => at > now - HOUR_MS);
    if (young !== 0) this.#calls.splice(0, young === -1 ? this.#calls.length : young);
  }
}

/** How long a 429 asks to wait, in milliseconds, when it says so: seconds, or an HTTP date read against the server's own. */
export function retryAfterMs(headers: Record<string, unknown>): number | undefined {
  const retryAfter = headers['retry-after'];
  const inSeconds = seconds(retryAfter);
  if (inSeconds !== undefined) return inSeconds;
  const until = typeof retryAfter === 'string' ? Date.parse(retryAfter) : Number.NaN;
  const now = typeof headers['date'] === 'string' ? Date.parse(headers['date']) : Number.NaN;
  if (!Number.isNaN(until) && !Number.isNaN(now)) return Math.max(0, until - now);
  return seconds(headers['ratelimit-reset']);
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : undefined;
}

function seconds(value: unknown): number | undefined {
  const number = wholeNumber(value);
  return number === undefined ? undefined : number * 1000;
}
