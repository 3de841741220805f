/** What became of the events of a poll. */
export interface DeliveryCounts {
  forwarded: number;
  /** Events that the intake has acknowledged and that are not on record yet. */
  unrecorded: number;
  deadLetters: number;
  /** The newest start of an alert that was taken, in milliseconds since 1970. */
  newestStart: number | undefined;
}
