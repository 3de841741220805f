import { PassThrough, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Got, Response } from 'got';
import { z } from 'zod';
import type { HttpSettings } from './context.js';
import type { EventBatch } from './event-batch.js';
import { createHttpClient } from './http.js';
import { describeNetworkError } from './network-error.js';
import type { Secret } from './secret.js';

/** Why the intake refused an event, or a whole batch. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** What became of a batch. */
export type IntakeOutcome =
  /** Every event is acknowledged; `surplus` counts acknowledgements for nothing that was sent. */
  | { readonly kind: 'delivered'; readonly surplus: number }
  /** Nothing is known to be stored; the same batch may be sent again, after `retryAfterMs` when the intake says so. */
  | { readonly kind: 'retryable'; readonly reason: string; readonly retryAfterMs?: number }
  /** The batch as a whole is refused: too large, or something in it. */
  | ({ readonly kind: 'rejected' } & Refusal)
  /** The named events, by their place in the batch, are refused; the others are acknowledged. */
  | { readonly kind: 'partly_rejected'; readonly refused: ReadonlyMap<number, Refusal> }
  /** Fewer acknowledgements than events, and nothing that says which. */
  | { readonly kind: 'short'; readonly acknowledged: number }
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
/** On batches of 1.3 KB alerts level 1 costs the least CPU and is within a tenth of the best ratio: npm run bench:gzip. */
const GZIP_LEVEL = 1;

const answerSchema = z.object({
  event_ids: z.array(z.unknown()),
  errors: z
    .array(z.object({ index: z.int().min(0), status: z.int(), message: z.string().optional() }))
    .optional()
    .catch(undefined),
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

  /** Sends the batch once. Never rejects for what the intake or the network does; `signal` ends the call. */
  async pushBatch(batch: EventBatch<unknown>, signal: AbortSignal): Promise<IntakeOutcome> {
    let response: Response<string>;
    try {
      response = await this.#http.post(this.#url, {
        headers: {
          'content-type': 'application/json',
          ...(this.#options.compress ? { 'content-encoding': 'gzip' } : {}),
        },
        body: this.#bodyOf(batch),
        responseType: 'text',
        signal,
      });
    } catch (error) {
      return { kind: 'retryable', reason: `${this.host} can't be reached: ${describeNetworkError(error).text}` };
    }
    return readOutcome(response, batch.count);
  }

  /** The body in pieces: the events' bytes are neither copied nor joined. */
  #bodyOf(batch: EventBatch<unknown>): Readable {
    const frame = [
      Buffer.from(`{"intake_key":${JSON.stringify(this.#options.key.reveal())},"jsons":[`),
      batch.body,
      Buffer.from(']}'),
    ];
    const target = this.#options.compress ? createGzip({ level: GZIP_LEVEL }) : new PassThrough();
    return Readable.from(frame, { objectMode: false }).pipe(target);
  }
}

function readOutcome({ statusCode: status, body, headers }: Response<string>, count: number): IntakeOutcome {
  if (status === 401 || status === 403) return { kind: 'wrong_key', status };
  if (status === 400 || status === 413) return { kind: 'rejected', status, reason: `the intake answers ${status}` };
  if (status < 200 || status >= 300) {
    const seconds = /^\d{1,9}$/.test(headers['retry-after'] ?? '') ? Number(headers['retry-after']) : undefined;
    return {
      kind: 'retryable',
      reason: `the intake answers ${status}`,
      ...(seconds === undefined ? {} : { retryAfterMs: seconds * 1000 }),
    };
  }
  const answer = answerSchema.safeParse(parseJson(body));
  if (!answer.success) return { kind: 'retryable', reason: `the intake answers ${status} without event_ids` };
  const acknowledged = answer.data.event_ids.length;
  const refused = new Map<number, Refusal>();
  for (const { index, status, message } of answer.data.errors ?? []) {
    if (index < count) refused.set(index, { status, reason: message ?? `the intake answers ${status}` });
  }
  if (refused.size > 0 && acknowledged + refused.size >= count) return { kind: 'partly_rejected', refused };
  if (acknowledged >= count) return { kind: 'delivered', surplus: acknowledged - count };
  if (acknowledged === 0) return { kind: 'retryable', reason: `the intake answers ${status} with no event_ids` };
  return { kind: 'short', acknowledged };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
