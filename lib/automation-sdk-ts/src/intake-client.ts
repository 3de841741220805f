import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Got } from 'got';
import type { HttpSettings } from './context.js';
import { type EventBatch, MAX_BODY_BYTES } from './event-batch.js';
import { createHttpClient } from './http.js';
import { type IntakeOutcome, readOutcome } from './intake-outcome.js';
import { describeNetworkError } from './network-error.js';
import type { Secret } from './secret.js';
import { shownAddress } from './shown-address.js';

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
  async pushBatch(batch: EventBatch, signal: AbortSignal): Promise<IntakeOutcome> {
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
  #frameOf(batch: EventBatch): Buffer[] {
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
