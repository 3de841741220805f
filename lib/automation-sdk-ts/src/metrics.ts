/** The figures that every module shows under the same names; each carries a short hash of the intake key, never the key. */
export interface Metrics {
  /** Events taken from the source. */
  collected(count: number): void;
  /** Events that the intake has acknowledged. */
  forwarded(count: number): void;
  /** Events that will never be acknowledged: dead letters. */
  discarded(count: number): void;
  /** Seconds between now and the newest event's own time. */
  lag(seconds: number): void;
  /** Seconds that one delivery took. */
  forwardDuration(seconds: number): void;
  /** How many events wait for the intake. */
  waiting(count: number): void;
  /** The source was asked for what is new, with success: when that ended (milliseconds since 1970), and how long it took. */
  polled(endedAt: number, seconds: number): void;
  /** How many calls the source still grants in this hour. */
  callsLeft(count: number): void;
}
