import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Got, Response } from 'got';
import { z } from 'zod';
import type { HttpSettings } from './context.js';
import { type EventBatch, MAX_BODY_BYTES } from './event-batch.js';
import { createHttpClient } from './http.js';
import { describeNetworkError } from './network-error.js';
import type { Secret } from './secret.js';
import { shownAddress } from './shown-address.js';

/** Why the intake refused an event, or a whole batch. */
export interface Refusal {
  readonly status: number;
  /** The intake's own words on an event, cut; they may quote the event, and are no text for a log. */
  readonly message?: string;
}

/** What became of a batch. */
export type IntakeOutcome =
  /** Every event is acknowledged; `surplus` counts acknowledgements for nothing that was sent. */
  | { readonly kind: 'delivered'; readonly surplus: number }
  /**
   * Nothing is known to be stored; the same batch may be sent again, after `retryAfterMs` when the intake says so. With
   * `notFound` the server knows no intake at this address (404).
   */
  | { readonly kind: 'retryable'; readonly reason: string; readonly retryAfterMs?: number; readonly notFound?: boolean }
  /** The batch as a whole is refused: too large, or something in it; nothing of it is acknowledged. */
  | ({ readonly kind: 'rejected' } & Refusal)
  /** The named events, by their place in the batch, are refused; the others are acknowledged. */
  | { readonly kind: 'partly_rejected'; readonly refused: ReadonlyMap<number, Refusal> }
  /** Fewer acknowledgements than events, and nothing that says which is missing; `refused` are named, but too few. */
  | { readonly kind: 'short'; readonly acknowledged: number; readonly refused: ReadonlyMap<number, Refusal> }
  /** The intake key is refused. */
  | { readonly kind: 'wrong_key'; readonly status: number };

/** What an intake client is made of. */
export interface IntakeClientOptions {
  /** The intake server; `/batch` is appended to its path. */
  readonly url: string;
  readonly key: Secret;
  readonly http: HttpSettings;
  readonly userAgent: string;
  readonly compress: boolean;
  /** The longest one call may last; real time. */
  readonly deadlineMs?: number | undefined;
}

const DEADLINE_MS = 60_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/**
 * Measured by `npm run bench:gzip` on 1,000 alerts: levels 1 to 3 cost the same, 5 µs of CPU an ECS event and 2 µs a raw
 * alert, and of these 3 makes the smallest body, 14 and 18 times smaller; 4 costs 1.6 times as much for a tenth less.
 */
const GZIP_LEVEL = 3;
/** A usual batch leaves compressed in one to three pieces: each costs a turn of the event loop and a write. */
const GZIP_CHUNK_BYTES = 128 * 1024;

/** A call that is under way at the stop gets this long: without its answer, the batch is sent again after the next start. */
const LAST_ANSWER_MS = 3_000;
const MAX_MESSAGE_LENGTH = 200;

const answerSchema = z.object({ event_ids: z.array(z.unknown()), errors: z.array(z.unknown()).default([]).catch([]) });

const eventErrorSchema = z.object({
  index: z.int().min(0),
  // An entry that tells of a success refuses nothing.
  status: z.int().min(300),
  message: z.string().optional().catch(undefined),
});

/** Sends batches of events to one intake, and says what became of each. */
export class IntakeClient {
  readonly #url: URL;
  readonly #options: IntakeClientOptions;
  readonly #http: Got;

  constructor(options: IntakeClientOptions) {
    this.#options = options;
    this.#url = new URL(options.url);
    this.#url.pathname = `${this.#url.pathname.replace(/\/+$/, '')}/batch`;
    this.#http = createHttpClient({
      settings: options.http,
      userAgent: options.userAgent,
      timeoutMs: options.deadlineMs ?? DEADLINE_MS,
      maxBodyBytes: MAX_ANSWER_BYTES,
    });
  }

  /** The intake's host, for messages. */
  get host(): string {
    return this.#url.host;
  }

  /** The same with the path, for messages in which a wrong path would be seen. */
  get address(): string {
    return shownAddress(this.#options.url);
  }

  /**
   * Sends the batch once. Never rejects for what the intake or the network does. Once `signal` is aborted nothing is sent,
   * and an answer that is awaited must come within 3 s.
   */
  async pushBatch(batch: EventBatch<unknown>, signal: AbortSignal): Promise<IntakeOutcome> {
    if (signal.aborted) return { kind: 'retryable', reason: 'the module stops' };
    const frame = this.#frameOf(batch);
    const bytes = frame.reduce((sum, { length }) => sum + length, 0);
    if (bytes > MAX_BODY_BYTES) return { kind: 'rejected', status: 413 };
    const hangUp = hangUpAfter(signal);
    try {
      const { compress } = this.#options;
      const response = await this.#http.post(this.#url, {
        headers: {
          'content-type': 'application/json',
          ...(compress ? { 'content-encoding': 'gzip' } : { 'content-length': String(bytes) }),
        },
        body: streamOf(frame, compress),
        responseType: 'text',
        // The body is a stream, which can't be sent twice; and no acknowledgement comes from another place.
        followRedirect: false,
        signal: hangUp.signal,
      });
      return readOutcome(response, batch.count, this.address);
    } catch (error) {
      return { kind: 'retryable', reason: `${this.host} ${describeNetworkError(error).text}` };
    } finally {
      hangUp.release();
    }
  }

  /** The body in pieces: the events' bytes are neither copied nor joined. */
  #frameOf(batch: EventBatch<unknown>): Buffer[] {
    return [
      Buffer.from(`{"intake_key":${JSON.stringify(this.#options.key.reveal())},"jsons":[`),
      batch.body,
      Buffer.from(']}'),
    ];
  }
}

function streamOf(frame: readonly Buffer[], compress: boolean): Readable {
  const body = Readable.from(frame, { objectMode: false });
  return compress ? body.pipe(createGzip({ level: GZIP_LEVEL, chunkSize: GZIP_CHUNK_BYTES })) : body;
}

/** A signal that is aborted a moment after `signal`. */
function hangUpAfter(signal: AbortSignal): { readonly signal: AbortSignal; release(): void } {
  const hangUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onStop = () => {
    timer = setTimeout(() => hangUp.abort(), LAST_ANSWER_MS);
  };
  signal.addEventListener('abort', onStop, { once: true });
  return {
    signal: hangUp.signal,
    release() {
      signal.removeEventListener('abort', onStop);
      clearTimeout(timer);
    },
  };
}

function readOutcome(
  { statusCode: status, body, headers }: Response<string>,
  count: number,
  address: string,
): IntakeOutcome {
  if (status === 401 || status === 403) return { kind: 'wrong_key', status };
  if (status === 400 || status === 413) return { kind: 'rejected', status };
  if (status < 200 || status >= 300) {
    const outcome = retryable(`${address} answers ${status}`, readRetryAfter(headers));
    return status === 404 ? { ...outcome, notFound: true } : outcome;
  }
  const answer = answerSchema.safeParse(parseJson(body));
  if (!answer.success) return retryable(`${address} answers ${status} without event_ids`);
  const acknowledged = answer.data.event_ids.filter(isId).length;
  const refused = readRefusals(answer.data.errors, count);
  if (refused.size > 0 && acknowledged + refused.size >= count) return { kind: 'partly_rejected', refused };
  if (acknowledged >= count) return { kind: 'delivered', surplus: acknowledged - count };
  if (acknowledged > 0) return { kind: 'short', acknowledged, refused };
  // Sent again as it is, a batch of which nothing is stored for the sake of one event would be sent for ever.
  for (const refusal of refused.values()) return { kind: 'rejected', status: refusal.status };
  return retryable(`${address} answers ${status} with no event_ids`);
}

/** A null in the place of an id acknowledges nothing. */
function isId(id: unknown): boolean {
  return typeof id === 'number' || (typeof id === 'string' && id !== '');
}

function retryable(reason: string, retryAfterMs?: number): Extract<IntakeOutcome, { kind: 'retryable' }> {
  return { kind: 'retryable', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function readRefusals(errors: readonly unknown[], count: number): ReadonlyMap<number, Refusal> {
  const refused = new Map<number, Refusal>();
  for (const error of errors) {
    const read = eventErrorSchema.safeParse(error);
    if (!read.success || read.data.index >= count) continue;
    const { index, status, message } = read.data;
    refused.set(index, { status, ...(message ? { message: message.slice(0, MAX_MESSAGE_LENGTH) } : {}) });
  }
  return refused;
}

/** Retry-After in milliseconds: seconds, or a time by the clock of the server, which its Date header tells. */
function readRetryAfter({ 'retry-after': value = '', date = '' }: Response['headers']): number | undefined {
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  if (!value.endsWith(' GMT')) return undefined;
  const ms = Date.parse(value) - Date.parse(date);
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
