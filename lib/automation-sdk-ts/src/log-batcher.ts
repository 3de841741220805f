import type { Clock } from './clock.js';
import { errorText } from './error-text.js';
import { PlatformError } from './errors.js';
import { LogBuffer, type LogEntry } from './log-buffer.js';
import { LogTimes } from './log-time.js';
import type { Level, Message } from './message.js';
import { logLinesDropped, logNotTaken, logTakenAgain } from './messages.js';
import { RepeatLimit } from './repeat-limit.js';

const FLUSH_MS = 5_000;
const BATCH_SIZE = 50;
const BUFFER_SIZE = 1_000;
const LONGEST_LINE = 4_000;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** That lines do not arrive is said again after so long. */
const SAY_AGAIN_MS = 600_000;

/** Answers that the same batch will get again: smaller batches are tried, then the line alone is given up. */
const REFUSED = new Set([400, 413, 422]);

/** Hands over one batch; rejects when it did not arrive. */
export type SendLogs = (entries: readonly LogEntry[], signal: AbortSignal) => Promise<void>;

/**
 * The way to the platform's trigger log: in batches, every 5 s, at 50 lines, or at once for error and critical; the same
 * line once a minute; one critical a run. What could not be sent is kept in order, up to 1,000 lines, and tried again.
 */
export class LogBatcher {
  readonly #send: SendLogs;
  readonly #clock: Clock;
  readonly #say: (message: Message) => void;
  readonly #times = new LogTimes();
  readonly #buffer = new LogBuffer(BUFFER_SIZE);
  readonly #repeats: RepeatLimit;
  readonly #givenUp = new AbortController();
  #criticalSent = false;
  #closing = false;
  #failures = 0;
  #failureSaidAt = 0;
  #batchSize = BATCH_SIZE;
  #pause: AbortController | undefined;
  #pump: Promise<void> | undefined;

  /** `say` tells the console how the log itself fares; it must not lead back here. */
  constructor(send: SendLogs, clock: Clock, say: (message: Message) => void) {
    this.#send = send;
    this.#clock = clock;
    this.#say = say;
    this.#repeats = new RepeatLimit(clock, (level, text) => this.#enqueue(level, text));
  }

  /** Queues a line; never waits, never throws. */
  add(level: Level, text: string): void {
    const line = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
    if (level === 'critical' && !this.#criticalSent) {
      this.#criticalSent = true;
      this.#enqueue('critical', line);
    } else {
      this.#repeats.add(level === 'critical' ? 'error' : level, line);
    }
  }

  /** Sends what is left, until all has arrived or `deadline` is aborted. */
  async close(deadline: AbortSignal): Promise<void> {
    this.#repeats.close();
    this.#closing = true;
    const giveUp = () => {
      this.#givenUp.abort();
      this.#pause?.abort();
    };
    if (deadline.aborted) giveUp();
    deadline.addEventListener('abort', giveUp, { once: true });
    this.#pause?.abort();
    await this.#pump;
    deadline.removeEventListener('abort', giveUp);
  }

  #enqueue(level: Level, text: string, stands = 1): void {
    const entry = { date: this.#times.next(this.#clock.now()), level, message: text };
    this.#buffer.add({ entry, at: this.#clock.monotonic(), stands });
    // While the platform does not answer, the pause between attempts is kept, however urgent the line.
    if (this.#failures === 0 && this.#isDue()) this.#pause?.abort();
    this.#pump ??= this.#sendAll().finally(() => {
      this.#pump = undefined;
    });
  }

  #isDue(): boolean {
    const { oldest } = this.#buffer;
    if (oldest === undefined) return false;
    if (this.#closing || this.#buffer.size >= BATCH_SIZE || this.#buffer.hasUrgent) return true;
    return this.#clock.monotonic() >= oldest.at + FLUSH_MS;
  }

  /** Runs while there are lines, so that a module with nothing to say keeps no timer. */
  async #sendAll(): Promise<void> {
    // The lines of one turn of the event loop belong together.
    await Promise.resolve();
    while (this.#buffer.oldest !== undefined && !this.#givenUp.signal.aborted) {
      if (this.#failures > 0) {
        await this.#wait(Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), this.#longestRetryMs()));
      } else if (!this.#isDue()) {
        await this.#wait(this.#buffer.oldest.at + FLUSH_MS - this.#clock.monotonic());
        if (!this.#isDue()) continue;
      }
      if (this.#givenUp.signal.aborted) return;
      await this.#sendBatch();
    }
  }

  #longestRetryMs(): number {
    return this.#closing ? FIRST_RETRY_MS : LONGEST_RETRY_MS;
  }

  async #wait(ms: number): Promise<void> {
    this.#pause = new AbortController();
    await this.#clock.sleep(ms, this.#pause.signal);
    this.#pause = undefined;
  }

  async #sendBatch(): Promise<void> {
    const batch = this.#buffer.take(this.#batchSize);
    try {
      await this.#send(batch, this.#givenUp.signal);
      this.#buffer.settle();
      if (this.#failures > 0) this.#say(logTakenAgain({}));
      this.#failures = 0;
      this.#batchSize = Math.min(this.#batchSize * 2, BATCH_SIZE);
      this.#reportDropped();
    } catch (error) {
      this.#recover(error, batch.length);
    }
  }

  #recover(error: unknown, size: number): void {
    const refused = error instanceof PlatformError && error.status !== undefined && REFUSED.has(error.status);
    if (!refused) {
      this.#buffer.keep();
      this.#failures += 1;
      this.#sayFailure(error);
    } else if (size > 1) {
      this.#buffer.keep();
      this.#batchSize = Math.ceil(size / 2);
    } else {
      this.#buffer.discard();
    }
  }

  #sayFailure(error: unknown): void {
    // A call that was given up at the stop is no news.
    if (this.#givenUp.signal.aborted) return;
    const now = this.#clock.monotonic();
    if (this.#failures > 1 && now - this.#failureSaidAt < SAY_AGAIN_MS) return;
    this.#failureSaidAt = now;
    this.#say(logNotTaken({ reason: errorText(error) }));
  }

  #reportDropped(): void {
    const count = this.#buffer.takeDropped();
    if (count === 0) return;
    const { level, text } = logLinesDropped({ count });
    this.#enqueue(level, text, count);
  }
}
