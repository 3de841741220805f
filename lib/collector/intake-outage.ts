import { type Clock, CriticalError, type Monitor } from '@sekoia/automation-sdk-ts';
import { deliveryMessages } from '../delivery-messages.js';
import { OutageReport } from './outage.js';

/** How long the intake may refuse the key before only a person can help. */
const WRONG_KEY_MS = 60_000;

/** What the batches in flight know together of an intake that does not take them. */
export class IntakeOutage {
  readonly #clock: Clock;
  readonly #report: OutageReport<{ readonly reason: string; readonly waiting: number }>;
  #wrongKeySince: number | undefined;
  #reason = '';

  constructor(clock: Clock, monitor: Monitor) {
    this.#clock = clock;
    this.#report = new OutageReport(clock, monitor, {
      began: deliveryMessages.intakeFailed,
      lasts: deliveryMessages.intakeStillFails,
      over: deliveryMessages.intakeRecovered,
    });
  }

  /** A batch must be sent again. */
  failed(reason: string, waiting: number): void {
    this.#wrongKeySince = undefined;
    this.#fail(reason, waiting);
  }

  /** The intake key was refused; throws CriticalError when it has been for a minute on end. */
  keyRefused(status: number, host: string, waiting: number): void {
    const now = this.#clock.monotonic();
    this.#wrongKeySince ??= now;
    if (now - this.#wrongKeySince >= WRONG_KEY_MS) {
      const { code, text } = deliveryMessages.keyRefused({ host, status });
      throw new CriticalError(code, text);
    }
    this.#fail(`${host} refuses the intake key (status ${status})`, waiting);
  }

  /** Batches wait to be sent again. */
  lasts(waiting: number): void {
    this.#report.lasts({ reason: this.#reason, waiting });
  }

  /** A batch was taken, or refused for itself. */
  over(): void {
    this.#wrongKeySince = undefined;
    this.#report.over();
  }

  #fail(reason: string, waiting: number): void {
    this.#reason = reason;
    this.#report.failed({ reason, waiting });
  }
}
