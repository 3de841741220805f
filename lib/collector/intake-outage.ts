import { type Clock, CriticalError, type IntakeOutcome, ModuleError, type Monitor } from '@sekoia/automation-sdk-ts';
import { deliveryMessages } from '../delivery-messages.js';
import { OutageReport } from './outage.js';

/** How long the intake may refuse the key before only a person can help. */
const WRONG_KEY_MS = 60_000;
/** How long a server may know no intake at the address before a command, which has someone who looks on, ends. */
const NOT_FOUND_MS = 15_000;

type Failed = Pick<Extract<IntakeOutcome, { kind: 'retryable' }>, 'reason' | 'notFound'>;

/** What the batches in flight know together of an intake that does not take them. */
export class IntakeOutage {
  readonly #clock: Clock;
  readonly #report: OutageReport<{ readonly reason: string; readonly waiting: number }>;
  readonly #isAttended: boolean;
  #wrongKeySince: number | undefined;
  #notFoundSince: number | undefined;
  #reason = '';

  /** Without `isAttended` an intake that is not found is waited for, as everything is that may pass by itself. */
  constructor(clock: Clock, monitor: Monitor, { isAttended = false }: { readonly isAttended?: boolean } = {}) {
    this.#clock = clock;
    this.#isAttended = isAttended;
    this.#report = new OutageReport(clock, monitor, {
      began: deliveryMessages.intakeFailed,
      lasts: deliveryMessages.intakeStillFails,
      over: deliveryMessages.intakeRecovered,
    });
  }

  /** A batch must be sent again; throws ModuleError when someone looks on and there has been no intake for 15 s on end. */
  failed({ reason, notFound = false }: Failed, waiting: number): void {
    this.#wrongKeySince = undefined;
    const now = this.#clock.monotonic();
    this.#notFoundSince = notFound ? (this.#notFoundSince ?? now) : undefined;
    if (this.#isAttended && now - (this.#notFoundSince ?? now) >= NOT_FOUND_MS) {
      throw new ModuleError(
        'intake_not_found',
        `${reason} again and again: there is no intake at this address. Correct it, its path included; the command check tells when it is right. Nothing is lost: the same command goes on where it was.`,
      );
    }
    this.#fail(reason, waiting);
  }

  /** The intake key was refused; throws CriticalError when it has been for a minute on end. */
  keyRefused(status: number, host: string, waiting: number): void {
    this.#notFoundSince = undefined;
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
    this.#notFoundSince = undefined;
    this.#report.over();
  }

  #fail(reason: string, waiting: number): void {
    this.#reason = reason;
    this.#report.failed({ reason, waiting });
  }
}
