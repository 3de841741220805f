import { type Clock, CriticalError, type Monitor } from '@sekoia/automation-sdk-ts';
import { deliveryMessages } from '../delivery-messages.js';

const SAY_EVERY_MS = 10 * 60_000;
/** How long the intake may refuse the key before only a person can help. */
const WRONG_KEY_MS = 60_000;

/** What the batches in flight know together of an intake that does not take them. */
export class IntakeOutage {
  readonly #clock: Clock;
  readonly #monitor: Monitor;
  #since: number | undefined;
  #sinceTime = 0;
  #saidAt = 0;
  #wrongKeySince: number | undefined;

  constructor(clock: Clock, monitor: Monitor) {
    this.#clock = clock;
    this.#monitor = monitor;
  }

  /** A batch must be sent again: said once, then every 10 minutes. */
  failed(reason: string, waiting: number): void {
    this.#wrongKeySince = undefined;
    this.#begin(reason, waiting);
  }

  /** The intake key was refused; throws CriticalError when it has been for a minute on end. */
  keyRefused(status: number, host: string, waiting: number): void {
    const now = this.#clock.monotonic();
    this.#wrongKeySince ??= now;
    if (now - this.#wrongKeySince >= WRONG_KEY_MS) {
      throw new CriticalError(
        'intake_key_refused',
        `Configuration: intake_key is refused by ${host} (status ${status}) for a minute on end. Copy the key of the intake again, and start the trigger: nothing was lost.`,
      );
    }
    this.#begin(`${host} refuses the intake key (status ${status})`, waiting);
  }

  /** A batch was taken. */
  over(): void {
    this.#wrongKeySince = undefined;
    if (this.#since === undefined) return;
    this.#monitor.report(deliveryMessages.intakeRecovered({ downMs: this.#clock.monotonic() - this.#since }));
    this.#since = undefined;
  }

  #begin(reason: string, waiting: number): void {
    const now = this.#clock.monotonic();
    if (this.#since === undefined) {
      this.#since = now;
      this.#sinceTime = this.#clock.now();
      this.#saidAt = now;
      this.#monitor.report(deliveryMessages.intakeFailed({ reason, waiting }));
    } else if (now - this.#saidAt >= SAY_EVERY_MS) {
      this.#saidAt = now;
      this.#monitor.report(deliveryMessages.intakeStillFails({ reason, waiting, since: this.#sinceTime }));
    }
  }
}
