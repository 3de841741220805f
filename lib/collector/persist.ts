import { type Clock, type Monitor, StorageError } from '@sekoia/automation-sdk-ts';
import { backoffMs, deliberateWait, type Waiting } from '../deliberate-wait.js';
import { deliveryMessages } from '../delivery-messages.js';
import { DeadLettersFullError } from './dead-letters.js';
import { OutageReport } from './outage.js';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** What persisting needs. */
export interface Persisting extends Waiting {
  readonly storeOutage: StoreOutage;
}

/** What all that is being stored knows together of a store that does not take it. */
export class StoreOutage {
  readonly #report: OutageReport<{ readonly problem: string }>;
  #failing = 0;

  constructor(clock: Clock, monitor: Monitor) {
    this.#report = new OutageReport(clock, monitor, {
      began: deliveryMessages.storeFailed,
      lasts: deliveryMessages.storeFailed,
      over: deliveryMessages.storeRecovered,
    });
  }

  /** A piece of work has failed, for the first time or again. */
  failed(problem: string, isFirst: boolean): void {
    if (isFirst) this.#failing += 1;
    this.#report.failed({ problem });
  }

  /** A piece of work that has failed waits to be tried again. */
  lasts(problem: string): void {
    this.#report.lasts({ problem });
  }

  /** A piece of work that had failed is done; the outage is over with the last of them. */
  done(): void {
    this.#failing -= 1;
    if (this.#failing === 0) this.#report.over();
  }
}

/**
 * Does the work again until the store takes it. What has been delivered and can't be recorded would be delivered again
 * after a restart, so a full disk is waited for, with an error now and every 10 minutes; nothing moves meanwhile.
 */
export async function persist<T>(work: () => Promise<T>, persisting: Persisting): Promise<T> {
  const { storeOutage } = persisting;
  for (let attempt = 0; ; attempt++) {
    try {
      const done = await work();
      persisting.monitor.heartbeat();
      if (attempt > 0) storeOutage.done();
      return done;
    } catch (error) {
      if (!(error instanceof StorageError || error instanceof DeadLettersFullError)) throw error;
      const { message } = error;
      storeOutage.failed(message, attempt === 0);
      await deliberateWait(backoffMs(attempt, FIRST_MS, LONGEST_MS), persisting, () => storeOutage.lasts(message));
    }
  }
}
