import { Failures } from '../../collector/failures.js';
import { settleWindow, type WindowSettling } from '../../collector/settle-window.js';
import { deliberateWait } from '../../deliberate-wait.js';
import { LaceworkError } from '../../errors.js';
import type { Window } from '../../window.js';
import type { Reader } from '../range/reader.js';

/** What Lacework answers for the day is taken, whatever the alert itself says of its start. */
const EVERYTHING = Number.NEGATIVE_INFINITY;

/** What settling a day needs. */
export interface Settling extends Omit<WindowSettling, 'floor'>, Pick<Reader, 'client'> {}

/**
 * Reads a day and resolves when all of it is acknowledged or in the dead letters, with whether anything was found. What fails
 * outside for a moment is waited for; what has failed from the first call on is thrown.
 */
export async function settleDay(day: Window, settling: Settling): Promise<boolean> {
  const failures = new Failures(settling.clock, settling.monitor);
  for (;;) {
    try {
      return await settleWindow(day, { ...settling, floor: EVERYTHING });
    } catch (error) {
      if (settling.signal.aborted || !(error instanceof LaceworkError) || !error.transient) throw error;
      await deliberateWait(failures.add(error, true), settling);
    }
  }
}
