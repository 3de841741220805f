import { collectWindow, type WindowCollecting } from '../../collector/collect-window.js';
import { Delivery } from '../../collector/delivery.js';
import { Failures } from '../../collector/failures.js';
import type { Batching, Settling as DeliverySettling } from '../../collector/settle-batch.js';
import { deliberateWait } from '../../deliberate-wait.js';
import { LaceworkError } from '../../errors.js';
import type { Window } from '../../window.js';
import type { Reader } from '../range/reader.js';

/** What Lacework answers for the day is taken, whatever the alert itself says of its start. */
const EVERYTHING = Number.NEGATIVE_INFINITY;

/** What settling a day needs. */
export interface Settling
  extends Omit<WindowCollecting, 'floor' | 'delivery'>,
    Omit<DeliverySettling, 'waiting' | 'seen'>,
    Pick<Reader, 'client'> {
  readonly batching: Batching;
}

/**
 * Reads a day and resolves when all of it is acknowledged or in the dead letters, with whether anything was found. What fails
 * outside for a moment is waited for; what has failed from the first call on is thrown.
 */
export async function settleDay(day: Window, settling: Settling): Promise<boolean> {
  const failures = new Failures(settling.clock, settling.monitor);
  for (;;) {
    try {
      return await settle(day, settling);
    } catch (error) {
      if (settling.signal.aborted || !(error instanceof LaceworkError) || !error.transient) throw error;
      await deliberateWait(failures.add(error, true), settling);
    }
  }
}

async function settle(day: Window, settling: Settling): Promise<boolean> {
  const delivery = new Delivery(settling, settling.batching);
  try {
    return await collectWindow(day, { ...settling, floor: EVERYTHING, delivery });
  } finally {
    // What is in flight is settled even when the reading failed: its alerts are taken, and would not be chosen again.
    await delivery.settle();
  }
}
