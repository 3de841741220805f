import { LeaseLostError, PlatformError, StorageError } from './errors.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const ERRORS_IN_A_ROW = 5;
const NOT_BEFORE_MS = 30 * MINUTE_MS;
const RUNNING_CAP_MS = 5 * DAY_MS;

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

/** What the rule of repeated errors looks at. */
export interface RunHistory {
  /** Errors that count, with no success and no event between them. */
  readonly errorsInARow: number;
  /** Time since the start of the process. */
  readonly runningMs: number;
  /** Time since the last event went out, or since the start. */
  readonly sinceEventMs: number;
}

/**
 * The rule of repeated errors: five or more in a row, at least 30 minutes after the start, and no event for a fifth of the
 * running time, which is capped at 5 days. Source: platform-protocol, "Errors and restarts of the loop".
 */
export function keepsFailing({ errorsInARow, runningMs, sinceEventMs }: RunHistory): boolean {
  if (errorsInARow < ERRORS_IN_A_ROW || runningMs < NOT_BEFORE_MS) return false;
  return sinceEventMs >= Math.min(runningMs, RUNNING_CAP_MS) / 5;
}

/** False for failures of the store, of the lease, or of a platform that has no answer: they say nothing about the trigger. */
export function isCounted(error: unknown): boolean {
  if (error instanceof StorageError || error instanceof LeaseLostError) return false;
  return !(error instanceof PlatformError && (error.status === undefined || error.status >= 500));
}

/** How long to wait before the trigger is started again: 1 s, doubled each time, at most 60 s. */
export function restartDelayMs(failuresInARow: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (failuresInARow - 1), LONGEST_DELAY_MS);
}
