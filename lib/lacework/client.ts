import {
  type Clock,
  createHttpClient,
  describeNetworkError,
  type HttpSettings,
  type Monitor,
  type Secret,
} from '@sekoia/automation-sdk-ts';
import type { Got, Method, Response } from 'got';
import { backoffMs, deliberateWait } from '../deliberate-wait.js';
import { LaceworkError, StoppedError } from '../errors.js';
import { messages } from '../messages.js';
import { isoTime, type Window } from '../window.js';
import { type ApiFunction, type RateLimit, retryAfterMs } from './rate-limit.js';
import { ServerClock } from './server-clock.js';
import { TOKEN_SECONDS, TokenHolder, tokenAnswer } from './token.js';

/** A filter in the API's own terms. */
export interface ApiFilter {
  readonly field: string;
  readonly expression: string;
  readonly value?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

/** What a client is made of. */
export interface LaceworkClientOptions {
  readonly account: URL;
  readonly keyId: string;
  readonly secret: Secret;
  readonly subAccount?: string | undefined;
  readonly organization: boolean;
  readonly userAgent: string;
  readonly http: HttpSettings;
  readonly clock: Clock;
  readonly monitor: Monitor;
  readonly signal: AbortSignal;
  readonly rateLimit: RateLimit;
  /** The longest one call may last; real time, even when `clock` is stepped. */
  readonly deadlineMs?: number | undefined;
  /** The largest answer that is read. */
  readonly maxBodyBytes?: number | undefined;
}

interface Call {
  readonly fn: ApiFunction;
  readonly method: Method;
  readonly url: URL;
  readonly json?: unknown;
  /** Fails rather than wait when no call may be made now. */
  readonly isOptional?: boolean;
}

const DEADLINE_MS = 60_000;
const OPTIONAL_DEADLINE_MS = 10_000;
/** Ten times a page of 5,000 alerts. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const LONGEST_BLOCK_MS = 15 * 60_000;
const FIRST_BLOCK_MS = 60_000;

/** One Lacework account's API: a token for its whole life, the budget kept, every failure a LaceworkError. */
export class LaceworkClient {
  readonly #options: LaceworkClientOptions;
  readonly #http: Got;
  readonly #token: TokenHolder;
  readonly #serverClock: ServerClock;
  /** Refusals in a row, for those that don't say how long to wait. */
  #refusals = 0;
  #skewReported = false;

  constructor(options: LaceworkClientOptions) {
    this.#options = options;
    this.#serverClock = new ServerClock(options.clock);
    this.#token = new TokenHolder(options.clock, () => this.#fetchToken());
    this.#http = createHttpClient({
      settings: options.http,
      userAgent: options.userAgent,
      timeoutMs: options.deadlineMs ?? DEADLINE_MS,
      maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
    });
  }

  /** The host that is called, for messages. */
  get host(): string {
    return this.#options.account.host;
  }

  /** Holds a token: the key is right and the server's time is known. */
  async connect(): Promise<void> {
    await this.#token.get();
  }

  /** The server's time in milliseconds since 1970, as well as it is known. */
  now(): number {
    return this.#serverClock.now();
  }

  /** The first page of the alerts that began in `window`; an empty body when there are none. */
  async listAlerts(window: Window, filters: readonly ApiFilter[] = []): Promise<Buffer> {
    const timeFilter = { startTime: isoTime(window.from), endTime: isoTime(window.to) };
    if (filters.length > 0) {
      const url = this.#url('api/v2/Alerts/search');
      return this.#ask({ fn: 'alerts', method: 'POST', url, json: { timeFilter, filters } });
    }
    return this.#ask({ fn: 'alerts', method: 'GET', url: this.#url('api/v2/Alerts', timeFilter) });
  }

  /** A further page; one on another server is refused, for it would be handed the token. */
  async followPage(nextPage: string): Promise<Buffer> {
    const url = URL.canParse(nextPage, this.#options.account.href)
      ? new URL(nextPage, this.#options.account.href)
      : undefined;
    if (url?.origin !== this.#options.account.origin) {
      throw new LaceworkError(
        'foreign_page',
        `Lacework's answer continues on another server (${url?.host ?? 'an unreadable address'}), which was not called, so that the token stays with ${this.host}. The window is read again.`,
      );
    }
    return this.#ask({ fn: 'alerts', method: 'GET', url });
  }

  /** The details of one alert, as JSON text. Never waits for the budget, and fails sooner than other calls. */
  async alertDetails(alertId: string): Promise<Buffer> {
    const url = this.#url(`api/v2/Alerts/${encodeURIComponent(alertId)}`, { scope: 'Details' });
    return this.#ask({ fn: 'details', method: 'GET', url, isOptional: true });
  }

  /** A call with the token; a token that is refused is renewed once. */
  async #ask(call: Call): Promise<Buffer> {
    for (let renewed = false; ; renewed = true) {
      const token = await this.#token.get();
      const response = await this.#send(call, { authorization: `Bearer ${token.reveal()}` });
      if (response.statusCode === 401 && !renewed) {
        this.#token.discard(token);
        continue;
      }
      if (response.statusCode >= 200 && response.statusCode < 300) return response.rawBody;
      throw this.#refusal(call, response.statusCode);
    }
  }

  async #fetchToken(): Promise<{ value: Secret; lifeMs: number }> {
    const { keyId, secret } = this.#options;
    const call: Call = {
      fn: 'tokens',
      method: 'POST',
      url: this.#url('api/v2/access/tokens'),
      json: { keyId, expiryTime: TOKEN_SECONDS },
    };
    const response = await this.#send(call, { 'x-lw-uaks': secret.reveal() });
    if (response.statusCode === 400 || response.statusCode === 401 || response.statusCode === 403) {
      throw new LaceworkError(
        'key_refused',
        `Lacework refuses the API key at ${this.host} (status ${response.statusCode}). Check keyId and secret in the account, or create a new API key in the Lacework console.`,
      );
    }
    if (response.statusCode < 200 || response.statusCode >= 300) throw this.#refusal(call, response.statusCode);
    const answer = tokenAnswer.safeParse(parseJson(response.rawBody));
    if (!answer.success) throw this.#unreadable('instead of a token');
    const expiresAt = Date.parse(answer.data.expiresAt ?? '');
    const lifeMs = Number.isNaN(expiresAt) ? TOKEN_SECONDS * 1000 : expiresAt - this.now();
    return { value: answer.data.token, lifeMs: Math.min(Math.max(lifeMs, 0), TOKEN_SECONDS * 1000) };
  }

  /** One call inside the budget; a 429 is waited for, and the call made again. */
  async #send(call: Call, credentials: Record<string, string>): Promise<Response<Buffer>> {
    const { monitor, signal, rateLimit, subAccount, organization, deadlineMs = DEADLINE_MS } = this.#options;
    for (;;) {
      await this.#waitForBudget(call);
      rateLimit.count(call.fn);
      monitor.heartbeat();
      let response: Response<Buffer>;
      try {
        response = await this.#http(call.url, {
          method: call.method,
          headers: {
            ...credentials,
            accept: 'application/json',
            ...(subAccount === undefined ? {} : { 'account-name': subAccount }),
            ...(organization ? { 'org-access': 'true' } : {}),
          },
          ...(call.json === undefined ? {} : { json: call.json }),
          responseType: 'buffer',
          signal,
          ...(call.isOptional ? { timeout: { request: Math.min(OPTIONAL_DEADLINE_MS, deadlineMs) } } : {}),
        });
      } catch (cause) {
        if (signal.aborted) throw new StoppedError();
        throw new LaceworkError('network', `${this.host} can't be reached: ${describeNetworkError(cause).text}.`, {
          cause,
        });
      }
      rateLimit.learn(call.fn, response.headers);
      this.#learnTime(response.headers.date);
      if (response.statusCode !== 429) {
        this.#refusals = 0;
        return response;
      }
      const asked = retryAfterMs(response.headers);
      const waitMs = asked ?? backoffMs(this.#refusals, FIRST_BLOCK_MS, LONGEST_BLOCK_MS);
      this.#refusals += 1;
      rateLimit.block(call.fn, Math.max(waitMs, 1000));
      if (call.isOptional) throw this.#refusal(call, response.statusCode);
      monitor.report(messages.rateLimited({ until: this.now() + waitMs, asked: asked !== undefined }));
    }
  }

  async #waitForBudget({ fn, isOptional }: Call): Promise<void> {
    const { monitor, rateLimit } = this.#options;
    for (let said = false; ; said = true) {
      const waitMs = rateLimit.waitMs(fn);
      if (waitMs <= 0) return;
      if (isOptional) throw this.#refusal({ fn }, 429);
      if (!said && !rateLimit.isBlocked(fn)) {
        monitor.report(messages.budgetSpent({ perHour: rateLimit.perHour, until: this.now() + waitMs }));
      }
      await deliberateWait(waitMs, this.#options);
    }
  }

  #learnTime(date: string | undefined): void {
    this.#serverClock.learn(date);
    const { offsetMs } = this.#serverClock;
    if (Math.abs(offsetMs) < 60_000) {
      this.#skewReported = false;
    } else if (!this.#skewReported) {
      this.#skewReported = true;
      this.#options.monitor.report(messages.clockSkew({ offsetMs, host: this.host }));
    }
  }

  #refusal({ fn }: Pick<Call, 'fn'>, status: number): LaceworkError {
    if (status === 401) {
      return new LaceworkError('unauthorized', `${this.host} refuses a token that it has just given (status 401).`);
    }
    if (status === 403) {
      const what = fn === 'details' ? "alerts' details" : 'alerts';
      return new LaceworkError(
        'forbidden',
        `${this.host} doesn't let this API key read ${what} (status 403). Give its service user read access to alerts in the Lacework console.`,
      );
    }
    if (status >= 500)
      return new LaceworkError('server', `${this.host} answers with an error of its own (status ${status}).`);
    if (status >= 400) return new LaceworkError('bad_request', `${this.host} refuses the request (status ${status}).`);
    return this.#unreadable(`with status ${status}`);
  }

  #unreadable(what: string): LaceworkError {
    return new LaceworkError('unreadable', `${this.host} answers ${what} with something that is not Lacework's.`);
  }

  #url(path: string, query: Record<string, string> = {}): URL {
    const url = new URL(path, this.#options.account);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
