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
  /** Monotonic times of the calls of the last hour, oldest first, for each function. */
  readonly #calls: Record<ApiFunction, number[]> = { tokens: [], alerts: [], details: [] };
  readonly #server = new Map<ApiFunction, ServerFigures>();
  #made = 0;
  /** Until when the server has asked us to wait, for each function. */
  readonly #blocked = new Map<ApiFunction, number>();

  constructor(clock: Clock, perHour: number) {
    this.#clock = clock;
    this.#perHour = perHour;
  }

  /** Calls that may be made in an hour, all functions together. */
  get perHour(): number {
    const served = this.#server.get('alerts')?.limit;
    return served === undefined ? this.#perHour : Math.min(this.#perHour, served);
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

  /** Calls of the last hour: of `fn`, or of all functions. */
  used(fn?: ApiFunction): number {
    this.#forgetOld(this.#clock.monotonic());
    return fn === undefined ? this.#total() : this.#calls[fn].length;
  }

  /** Calls that the server still grants to `fn`, when it has said so. */
  remaining(fn: ApiFunction): number | undefined {
    const figures = this.#server.get(fn);
    return figures === undefined || figures.resetAt <= this.#clock.monotonic() ? undefined : figures.remaining;
  }

  /** Counts a call that is about to be made. */
  count(fn: ApiFunction): void {
    this.#made += 1;
    this.#calls[fn].push(this.#clock.monotonic());
    const figures = this.#server.get(fn);
    if (figures?.remaining) this.#server.set(fn, { ...figures, remaining: figures.remaining - 1 });
  }

  /** Keeps what an answer's RateLimit headers say. */
  learn(fn: ApiFunction, headers: Record<string, unknown>): void {
    const resetMs = seconds(headers['ratelimit-reset']);
    const limit = wholeNumber(headers['ratelimit-limit']);
    const remaining = wholeNumber(headers['ratelimit-remaining']);
    if (limit === undefined && remaining === undefined) return;
    const resetAt = this.#clock.monotonic() + (resetMs ?? HOUR_MS);
    this.#server.set(fn, {
      limit,
      remaining: resetMs === undefined && remaining === 0 ? undefined : remaining,
      resetAt,
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
    if (this.#total() < this.#perHour) return 0;
    const oldest = Math.min(...Object.values(this.#calls).map(([first]) => first ?? Number.POSITIVE_INFINITY));
    return oldest + HOUR_MS - now;
  }

  #forgetOld(now: number): void {
    for (const calls of Object.values(this.#calls)) {
      const young = calls.findIndex((at) => at > now - HOUR_MS);
      calls.splice(0, young === -1 ? calls.length : young);
    }
  }

  #total(): number {
    return this.#calls.tokens.length + this.#calls.alerts.length + this.#calls.details.length;
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
