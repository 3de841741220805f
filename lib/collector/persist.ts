import { StorageError } from '@sekoia/automation-sdk-ts';
import { backoffMs, deliberateWait, type Waiting } from '../deliberate-wait.js';
import { deliveryMessages } from '../delivery-messages.js';
import { DeadLettersFullError } from './dead-letters.js';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
const SAY_EVERY_MS = 10 * 60_000;

/**
 * Does the work again until the store takes it. What has been delivered and can't be recorded would be delivered again
 * after a restart, so a full disk is waited for, with an error now and every 10 minutes; nothing moves meanwhile.
 */
export async function persist<T>(work: () => Promise<T>, waiting: Waiting): Promise<T> {
  const { clock, monitor } = waiting;
  let saidAt = Number.NEGATIVE_INFINITY;
  for (let attempt = 0; ; attempt++) {
    try {
      const done = await work();
      if (attempt > 0) monitor.report(deliveryMessages.storeRecovered({}));
      return done;
    } catch (error) {
      if (!(error instanceof StorageError || error instanceof DeadLettersFullError)) throw error;
      if (clock.monotonic() - saidAt >= SAY_EVERY_MS) {
        saidAt = clock.monotonic();
        monitor.report(deliveryMessages.storeFailed({ problem: error.message }));
      }
      await deliberateWait(backoffMs(attempt, FIRST_MS, LONGEST_MS), waiting);
    }
  }
}
