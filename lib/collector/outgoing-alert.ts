import type { SeenEntry } from './seen-table.js';

/** What is kept of an event while it is on its way. */
export interface OutgoingAlert {
  readonly entry: SeenEntry;
  /** The alert's id as written, where it has one. */
  readonly id: string | undefined;
  /** Whether a run of the playbook is started for it. */
  readonly startsRun: boolean;
}

/** What became of the events of a poll. */
export interface DeliveryCounts {
  forwarded: number;
  /** Events that the intake has acknowledged and that are not on record yet. */
  unrecorded: number;
  deadLetters: number;
  /** The newest start of an alert that was taken, in milliseconds since 1970. */
  newestStart: number | undefined;
}
