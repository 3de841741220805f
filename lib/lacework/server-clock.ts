import type { Clock } from '@sekoia/automation-sdk-ts';

/** The Date header counts whole seconds, and the answer took its time: a smaller difference says nothing. */
const RESOLUTION_MS = 2_000;

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
