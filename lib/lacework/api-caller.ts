import {
  type Answer,
  BodyMemory,
  type Clock,
  createHttpClient,
  describeNetworkError,
  type HttpSettings,
  type Monitor,
  readAnswer,
} from '@sekoia/automation-sdk-ts';
import type { Got, Method } from 'got';
import { backoffMs, deliberateWait } from '../deliberate-wait.js';
import { LaceworkError, StoppedError } from '../errors.js';
import { messages } from '../messages.js';
import { limited, refusal, usedUp } from './api-refusal.js';
import { type ApiFunction, type RateLimit, retryAfterMs } from './rate-limit.js';
import { ServerClock } from './server-clock.js';

/** What a caller is made of. */
export interface ApiCallerOptions {
  readonly host: string;
  readonly userAgent: string;
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string>>;
  readonly http: HttpSettings;
  readonly clock: Clock;
  readonly monitor: Monitor;
  readonly signal: AbortSignal;
  readonly rateLimit: RateLimit;
  /** The longest one call may last; real time, even when `clock` is stepped. */
  readonly deadlineMs?: number | undefined;
  /** Fails rather than wait when Lacework allows no calls for a while. */
  readonly failsWhenLimited?: boolean;
  /** The largest answer that is read. */
  readonly maxBodyBytes?: number | undefined;
}

/** One call, all but its credentials. */
export interface ApiCall {
  readonly fn: ApiFunction;
  readonly method: Method;
  readonly url: URL;
  readonly json?: unknown;
  /** Fails rather than wait when no call may be made now. */
  readonly isOptional?: boolean;
  /** Where the answer's body is to lie; in memory of its own when absent. */
  readonly into?: BodyMemory | undefined;
}

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 60_000;
const OPTIONAL_DEADLINE_MS = 10_000;
/** Ten times a page of 5,000 alerts. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const FIRST_BLOCK_MS = 60_000;
const LONGEST_BLOCK_MS = 15 * 60_000;
/** A server may ask for so many short waits before they are not taken for the truth any more. */
const SHORT_WAITS = 3;
/** No answer, however wrong, stops collection for longer. */
const LONGEST_ASKED_MS = 24 * HOUR_MS;

/** Makes calls inside the budget: waits for it, waits out a 429 and calls again, and learns the server's figures and its time. */
export class ApiCaller {
  readonly #options: ApiCallerOptions;
  readonly #limits: { readonly settings: HttpSettings; readonly maxBodyBytes: number };
  readonly #http: Got;
  readonly #serverClock: ServerClock;
  /** Refusals in a row of each function. */
  readonly #refusals = new Map<ApiFunction, number>();
  #spentSaidAt = Number.NEGATIVE_INFINITY;
  #skewSaid = false;

  constructor(options: ApiCallerOptions) {
    this.#options = options;
    this.#serverClock = new ServerClock(options.clock);
    this.#limits = { settings: options.http, maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES };
    this.#http = createHttpClient({
      ...this.#limits,
      userAgent: options.userAgent,
      timeoutMs: options.deadlineMs ?? DEADLINE_MS,
    });
  }

  /** The server's time. */
  get serverClock(): Pick<ServerClock, 'now' | 'earliest'> {
    return this.#serverClock;
  }

  /** Any answer but a 429; throws a LaceworkError when there is none, and StoppedError. */
  async send(call: ApiCall, credentials: Readonly<Record<string, string>>): Promise<Answer> {
    const { monitor, rateLimit, host, failsWhenLimited = false } = this.#options;
    for (;;) {
      await this.#waitForBudget(call);
      rateLimit.count(call.fn);
      monitor.heartbeat();
      const response = await this.#callOnce(call, credentials);
      // Each redirect within the API was answered by a call of its own.
      for (const _ of response.redirectUrls) rateLimit.count(call.fn);
      rateLimit.learn(call.fn, response.headers);
      this.#learnTime(response);
      if (response.statusCode !== 429) {
        this.#refusals.delete(call.fn);
        return response;
      }
      const { waitMs, isAsked } = this.#waitAfterRefusal(call.fn, response.headers);
      rateLimit.block(call.fn, waitMs);
      if (call.isOptional) throw refusal(host, call.fn, 429);
      const until = this.#serverClock.now() + waitMs;
      if (failsWhenLimited) throw limited(host, until);
      monitor.report(messages.rateLimited({ until, asked: isAsked }));
    }
  }

  async #callOnce(call: ApiCall, credentials: Readonly<Record<string, string>>): Promise<Answer> {
    const { signal, headers, host, deadlineMs = DEADLINE_MS } = this.#options;
    try {
      const options = {
        method: call.method,
        headers: { accept: 'application/json', ...headers, ...credentials },
        ...(call.json === undefined ? {} : { json: call.json }),
        ...(call.isOptional ? { timeout: { request: Math.min(OPTIONAL_DEADLINE_MS, deadlineMs) } } : {}),
        signal,
      };
      return await readAnswer(this.#http, call.url, options, call.into ?? new BodyMemory(), this.#limits);
    } catch (cause) {
      if (signal.aborted) throw new StoppedError();
      throw new LaceworkError('network', `${host} ${describeNetworkError(cause).text}.`, { cause });
    }
  }

  #waitAfterRefusal(fn: ApiFunction, headers: Record<string, unknown>): { waitMs: number; isAsked: boolean } {
    const refusals = this.#refusals.get(fn) ?? 0;
    this.#refusals.set(fn, refusals + 1);
    const asked = retryAfterMs(headers);
    const guess = backoffMs(
      Math.max(0, refusals - (asked === undefined ? 0 : SHORT_WAITS)),
      FIRST_BLOCK_MS,
      LONGEST_BLOCK_MS,
    );
    if (asked === undefined) return { waitMs: guess, isAsked: false };
    if (refusals >= SHORT_WAITS && asked < guess) return { waitMs: guess, isAsked: false };
    return { waitMs: Math.min(Math.max(asked, 1000), LONGEST_ASKED_MS), isAsked: true };
  }

  async #waitForBudget({ fn, isOptional }: ApiCall): Promise<void> {
    const { clock, monitor, rateLimit, host, failsWhenLimited = false } = this.#options;
    for (;;) {
      const waitMs = rateLimit.waitMs(fn);
      if (waitMs <= 0) return;
      if (isOptional) throw refusal(host, fn, 429);
      const until = this.#serverClock.now() + waitMs;
      if (failsWhenLimited) throw usedUp(host, until);
      // With all of an hour's calls made, each further one waits for one of them to grow old: said once.
      if (!rateLimit.isBlocked(fn) && clock.monotonic() - this.#spentSaidAt >= HOUR_MS) {
        this.#spentSaidAt = clock.monotonic();
        monitor.report(messages.budgetSpent({ perHour: rateLimit.perHour, until }));
      }
      await deliberateWait(waitMs, this.#options);
    }
  }

  /** Only from an answer of the API itself: a proxy's page must not set the clock by which alerts are asked for. */
  #learnTime({ statusCode, headers }: Answer): void {
    const isFromApi = statusCode === 204 || headers['content-type']?.includes('json') === true;
    if (statusCode < 200 || statusCode >= 300 || !isFromApi) return;
    this.#serverClock.learn(headers.date);
    const { offsetMs } = this.#serverClock;
    if (Math.abs(offsetMs) < 60_000) {
      this.#skewSaid = false;
    } else if (!this.#skewSaid) {
      this.#skewSaid = true;
      this.#options.monitor.report(messages.clockSkew({ offsetMs, host: this.#options.host }));
    }
  }
}
