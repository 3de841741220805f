import type { BodyMemory, Secret } from '@sekoia/automation-sdk-ts';
import { LaceworkError } from '../errors.js';
import { isoTime, type Window } from '../window.js';
import { type ApiCall, ApiCaller, type ApiCallerOptions } from './api-caller.js';
import { keyRefusal, refusal, unreadable } from './api-refusal.js';
import { type GrantedToken, TOKEN_SECONDS, TokenHolder, tokenAnswer } from './token.js';

/** A filter in the API's own terms. */
export interface ApiFilter {
  readonly field: string;
  readonly expression: string;
  readonly value?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

/** What a client is made of. */
export interface LaceworkClientOptions extends Omit<ApiCallerOptions, 'host' | 'headers'> {
  readonly account: URL;
  readonly keyId: string;
  readonly secret: Secret;
  readonly subAccount?: string | undefined;
  readonly organization: boolean;
}

/** One Lacework account's API: a token for its whole life, the budget kept, every failure a LaceworkError. */
export class LaceworkClient {
  readonly #options: LaceworkClientOptions;
  readonly #caller: ApiCaller;
  readonly #token: TokenHolder;

  constructor(options: LaceworkClientOptions) {
    this.#options = options;
    this.#caller = new ApiCaller({
      ...options,
      host: options.account.host,
      headers: {
        ...(options.subAccount === undefined ? {} : { 'account-name': options.subAccount }),
        ...(options.organization ? { 'org-access': 'true' } : {}),
      },
    });
    this.#token = new TokenHolder(options.clock, () => this.#fetchToken());
  }

  /** The host that is called, for messages. */
  get host(): string {
    return this.#options.account.host;
  }

  /** Whether the key has been accepted since the start. */
  get hasConnected(): boolean {
    return this.#token.wasGranted;
  }

  /** Holds a token: the key is right and the server's time is known. */
  async connect(): Promise<void> {
    await this.#token.get();
  }

  /** The server's time in milliseconds since 1970, as well as it is known. */
  now(): number {
    return this.#caller.serverClock.now();
  }

  /** The earliest that it may be now: this machine's time where that is behind the server's. */
  earliestNow(): number {
    return this.#caller.serverClock.earliest();
  }

  /** The first page of the alerts that began in `window`; an empty body when there are none. */
  async listAlerts(window: Window, filters: readonly ApiFilter[] = [], into?: BodyMemory): Promise<Buffer> {
    const timeFilter = { startTime: isoTime(window.from), endTime: isoTime(window.to) };
    if (filters.length > 0) {
      const url = this.#url('api/v2/Alerts/search');
      return this.#ask({ fn: 'alerts', method: 'POST', url, json: { timeFilter, filters }, into });
    }
    return this.#ask({ fn: 'alerts', method: 'GET', url: this.#url('api/v2/Alerts', timeFilter), into });
  }

  /** A further page; one on another server is refused, for it would be handed the token. */
  async followPage(nextPage: string, into?: BodyMemory): Promise<Buffer> {
    const { account } = this.#options;
    const url = URL.canParse(nextPage, account.href) ? new URL(nextPage, account.href) : undefined;
    if (url?.origin !== account.origin) {
      throw new LaceworkError(
        'foreign_page',
        `Lacework's answer continues on another server (${url?.host ?? 'an unreadable address'}), which was not called, so that the token stays with ${this.host}. The window is read again.`,
      );
    }
    return this.#ask({ fn: 'alerts', method: 'GET', url, into });
  }

  /** The details of one alert, as JSON text. Never waits for the budget, and fails sooner than other calls. */
  async alertDetails(alertId: string): Promise<Buffer> {
    const url = this.#url(`api/v2/Alerts/${encodeURIComponent(alertId)}`, { scope: 'Details' });
    return this.#ask({ fn: 'details', method: 'GET', url, isOptional: true });
  }

  /** A call with the token; a token that is refused is renewed once. What is optional waits for no token: the next list gets it. */
  async #ask(call: ApiCall): Promise<Buffer> {
    for (let renewed = false; ; renewed = true) {
      if (call.isOptional && !this.#token.isHeld) throw refusal(this.host, call.fn, 401);
      const token = await this.#token.get();
      const { statusCode, rawBody } = await this.#caller.send(call, { authorization: `Bearer ${token.reveal()}` });
      if (statusCode === 401 && !renewed) {
        this.#token.discard(token);
        continue;
      }
      if (statusCode >= 200 && statusCode < 300) return rawBody;
      throw refusal(this.host, call.fn, statusCode);
    }
  }

  async #fetchToken(): Promise<GrantedToken> {
    const { keyId, secret, monitor } = this.#options;
    const { statusCode, rawBody } = await this.#caller.send(
      {
        fn: 'tokens',
        method: 'POST',
        url: this.#url('api/v2/access/tokens'),
        json: { keyId, expiryTime: TOKEN_SECONDS },
      },
      { 'x-lw-uaks': secret.reveal() },
    );
    if (statusCode === 400 || statusCode === 401 || statusCode === 403) throw keyRefusal(this.host, statusCode);
    if (statusCode < 200 || statusCode >= 300) throw refusal(this.host, 'tokens', statusCode);
    const answer = tokenAnswer.safeParse(parseJson(rawBody));
    if (!answer.success) throw unreadable(this.host, 'instead of a token');
    monitor.hide(answer.data.token);
    const lifeMs = Date.parse(answer.data.expiresAt ?? '') - this.now();
    // A new token that has ended, or ends nobody knows when: a clock is wrong, and its first refusal will say when it ends.
    const isCredible = lifeMs > 0 && lifeMs < TOKEN_SECONDS * 1000;
    return { value: answer.data.token, lifeMs: isCredible ? lifeMs : TOKEN_SECONDS * 1000 };
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
