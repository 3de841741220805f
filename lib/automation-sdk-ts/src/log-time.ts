/**
 * Writes times as the trigger log wants them: UTC without offset, with microseconds. The clock gives milliseconds; lines of
 * one millisecond are numbered by microseconds, so that sorting by date keeps their order.
 */
export class LogTimes {
  #millisecond = Number.NaN;
  #lines = 0;

  /** The date of a line written at `now`, in milliseconds since 1970. */
  next(now: number): string {
    const millisecond = Math.floor(now);
    this.#lines = millisecond === this.#millisecond ? Math.min(this.#lines + 1, 999) : 0;
    this.#millisecond = millisecond;
    return new Date(millisecond).toISOString().replace('Z', String(this.#lines).padStart(3, '0'));
  }
}
