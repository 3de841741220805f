import { Readable } from 'node:stream';
import type { Got } from 'got';
import { BodyMemory } from './body-memory.js';
import { Compressor } from './compressor.js';
import type { HttpSettings } from './context.js';
import { type EventBatch, MAX_BODY_BYTES } from './event-batch.js';
import { createHttpClient } from './http.js';
import { type IntakeOutcome, readOutcome } from './intake-outcome.js';
import { describeNetworkError } from './network-error.js';
import { readAnswer } from './read-answer.js';
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
/** A usual answer to 1,000 events has 40 KB. */
const LARGEST_KEPT_ANSWER_BYTES = 1024 * 1024;
const GZIPPED = { 'content-encoding': 'gzip' };
/** A call that is under way at the stop gets this long: without its answer, the batch is sent again after the next start. */
const LAST_ANSWER_MS = 3_000;

/** What a call is made with. */
interface CallMemory {
  readonly compressor: Compressor | undefined;
  readonly answer: BodyMemory;
}

/** Sends batches of events to one intake, and says what became of each. */
export class IntakeClient {
  readonly #url: URL;
  readonly #options: IntakeClientOptions;
  readonly #limits: { readonly settings: HttpSettings; readonly maxBodyBytes: number };
  readonly #http: Got;
  /** Of calls that are over. */
  readonly #spare: CallMemory[] = [];

  constructor(options: IntakeClientOptions) {
    this.#options = options;
    this.#limits = { settings: options.http, maxBodyBytes: MAX_ANSWER_BYTES };
    this.#url = new URL(options.url);
    this.#url.pathname = `${this.#url.pathname.replace(/\/+$/, '')}/batch`;
    this.#http = createHttpClient({
      ...this.#limits,
      userAgent: options.userAgent,
      timeoutMs: options.deadlineMs ?? DEADLINE_MS,
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
    const memory = this.#spare.pop() ?? this.#newMemory();
    const { compressor } = memory;
    const hangUp = hangUpAfter(signal);
    try {
      const request = {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(compressor ? GZIPPED : { 'content-length': String(bytes) }),
        },
        body: Readable.from(compressor ? compressed(frame, compressor) : frame, { objectMode: false }),
        // The body is a stream, which can't be sent twice; and no acknowledgement comes from another place.
        followRedirect: false,
        signal: hangUp.signal,
      } as const;
      const outcome = readOutcome(
        await readAnswer(this.#http, this.#url, request, memory.answer, this.#limits),
        batch.count,
        this.address,
      );
      // What ends otherwise may still be at work, and so may what was answered early.
      if (!compressor?.isBusy && memory.answer.length <= LARGEST_KEPT_ANSWER_BYTES) this.#spare.push(memory);
      return outcome;
    } catch (error) {
      return { kind: 'retryable', reason: `${this.host} ${describeNetworkError(error).text}` };
    } finally {
      hangUp.release();
    }
  }

  #newMemory(): CallMemory {
    return { compressor: this.#options.compress ? new Compressor() : undefined, answer: new BodyMemory() };
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

/** As one piece: each that leaves by itself costs a turn of the event loop and a write. */
async function* compressed(frame: readonly Buffer[], compressor: Compressor): AsyncGenerator<Buffer> {
  yield await compressor.compress(frame);
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
