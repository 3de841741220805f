import type { Clock } from '@sekoia/automation-sdk-ts';

/** The Date header counts whole seconds, and the answer took its time: a smaller difference says nothing. */
const RESOLUTION_MS = 2_000;
/** Two clocks further apart than this: this machine's was never set. */
const PLAUSIBLE_MS = 24 * 3_600_000;

/** Reads the server's time, so that windows are right on a machine whose clock is wrong. */
export class ServerClock {
  readonly #clock: Clock;
  #offsetMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The server's time in milliseconds since 1970, as well as it is known. */
  now(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  /**
   * The earliest that it may be now. When two clocks differ, nothing says which of them is wrong: what has been read counts
   * only as far as the one that is behind, and the next look back is a little longer than need be.
   */
  earliest(): number {
    const isAhead = this.#offsetMs > 0 && this.#offsetMs <= PLAUSIBLE_MS;
    return isAhead ? this.#clock.now() : this.now();
  }

  /** How far this machine's clock is behind the server's, in milliseconds; negative when it is ahead. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Takes an answer's Date header. */
  learn(date: string | undefined): void {
    const served = Date.parse(date ?? '');
    if (Number.isNaN(served)) return;
    const offset = served - this.#clock.now();
    this.#offsetMs = Math.abs(offset) < RESOLUTION_MS ? 0 : offset;
  }
}
