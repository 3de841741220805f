import type { Clock } from '@sekoia/automation-sdk-ts';

/** The Date header counts whole seconds, and the answer took its time: a smaller difference says nothing. */
const RESOLUTION_MS = 2_000;
/** Two clocks no further apart than this agree, and neither is suspected. */
const AGREED_MS = 60_000;
/** Two clocks further apart than this: this machine's was never set. */
const PLAUSIBLE_MS = 24 * 3_600_000;

/** A time that was known at a moment of the monotonic clock, which carries it on: that clock never jumps. */
interface Mark {
  readonly time: number;
  readonly at: number;
}

/** Reads the server's time, so that windows are right on a machine whose clock is wrong, or jumps. */
export class ServerClock {
  readonly #clock: Clock;
  /** What the server said last. */
  #served: Mark | undefined;
  /** The time that nothing speaks against. */
  #sure: Mark;
  #offsetMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sure = this.#mark(clock.now());
  }

  /** The server's time in milliseconds since 1970, as well as it is known. */
  now(): number {
    return this.#served === undefined ? this.#clock.now() : this.#carried(this.#served);
  }

  /**
   * The earliest that it may be now. When two clocks differ, nothing says which of them is wrong: what has been read counts
   * only as far as the one that is behind, and the next look back is a little longer than need be. A clock that jumps ahead
   * moves nothing until the other one agrees.
   */
  earliest(): number {
    return Math.min(this.now(), this.#carried(this.#sure));
  }

  /** How far this machine's clock was behind the server's, in milliseconds; negative when it was ahead. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Takes an answer's Date header. */
  learn(date: string | undefined): void {
    const served = Date.parse(date ?? '');
    if (Number.isNaN(served)) return;
    const local = this.#clock.now();
    const isFirst = this.#served === undefined;
    const distance = Math.abs(served - local);
    this.#offsetMs = distance < RESOLUTION_MS ? 0 : served - local;
    this.#served = this.#mark(local + this.#offsetMs);
    if (distance < AGREED_MS) this.#sure = this.#served;
    else if (isFirst) this.#sure = this.#mark(distance > PLAUSIBLE_MS ? served : Math.min(served, local));
    else if (served < this.#carried(this.#sure)) this.#sure = this.#served;
  }

  #mark(time: number): Mark {
    return { time, at: this.#clock.monotonic() };
  }

  #carried({ time, at }: Mark): number {
    return time + this.#clock.monotonic() - at;
  }
}
