import { type Clock, CriticalError, type Monitor } from '@sekoia/automation-sdk-ts';
import { backoffMs } from '../deliberate-wait.js';
import type { LaceworkError } from '../errors.js';
import { messages } from '../messages.js';

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** A failure that lasts longer than this is worth a person's look. */
const SERIOUS_MS = 10 * 60_000;
/** How long a key that has worked may be refused before only a person can help. */
const KEY_REFUSED_MS = 60_000;
const KEY_RETRY_MS = 15_000;

/** Polls that fail in a row: how long to wait, and what to say when. */
export class Failures {
  readonly #clock: Clock;
  readonly #monitor: Monitor;
  #count = 0;
  #since = 0;
  #sinceTime = 0;
  #keyRefusedSince: number | undefined;
  #isSerious = false;

  constructor(clock: Clock, monitor: Monitor) {
    this.#clock = clock;
    this.#monitor = monitor;
  }

  /** A poll has succeeded. */
  over(): void {
    if (this.#count > 0) {
      const downMs = this.#clock.monotonic() - this.#since;
      this.#monitor.report(messages.pollRecovered({ failures: this.#count, downMs }));
    }
    this.#count = 0;
    this.#keyRefusedSince = undefined;
    this.#isSerious = false;
  }

  /**
   * A poll has failed; answers how long to wait. `hasConnected`: the key has been accepted since the start. Throws
   * CriticalError when the key is refused and only a person can help.
   */
  add(error: LaceworkError, hasConnected: boolean): number {
    const now = this.#clock.monotonic();
    if (this.#count === 0) {
      this.#since = now;
      this.#sinceTime = this.#clock.now();
    }
    this.#count += 1;
    this.#noteKey(error, now, hasConnected);
    const retryMs =
      error.kind === 'key_refused' ? KEY_RETRY_MS : backoffMs(this.#count - 1, FIRST_RETRY_MS, LONGEST_RETRY_MS);
    const problem = error.message;
    if (this.#count === 1) {
      // An address that has never answered may be a wrong one, and only a person can see that.
      this.#isSerious = !hasConnected && error.kind === 'network';
      const kind = this.#isSerious ? messages.unreachable : messages.pollFailed;
      this.#monitor.report(kind({ problem, retryMs }));
    } else if (!this.#isSerious && now - this.#since >= SERIOUS_MS) {
      this.#isSerious = true;
      const facts = { problem, since: this.#sinceTime, failures: this.#count, retryMs };
      this.#monitor.report(messages.pollStillFails(facts));
    }
    return retryMs;
  }

  #noteKey(error: LaceworkError, now: number, hasConnected: boolean): void {
    if (error.kind !== 'key_refused') {
      this.#keyRefusedSince = undefined;
      return;
    }
    this.#keyRefusedSince ??= now;
    if (hasConnected && now - this.#keyRefusedSince < KEY_REFUSED_MS) return;
    const { code, text } = messages.keyRefused({ problem: error.message });
    throw new CriticalError(code, text, { cause: error });
  }
}
