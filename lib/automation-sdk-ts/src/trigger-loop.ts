import { errorDetail, errorText } from './error-text.js';
import { CriticalError, LeaseLostError, StorageError } from './errors.js';
import type { Health } from './health.js';
import type { Message } from './message.js';
import { leaseLost, triggerEnded, triggerFailed, triggerInterrupted, triggerKeepsFailing } from './messages.js';
import { isCounted, keepsFailing, restartDelayMs } from './restart-rules.js';
import type { Session } from './session.js';
import { waitAlive } from './wait.js';

const HOUR_MS = 3_600_000;

/**
 * Runs `runOnce` again and again, with a growing pause, until the work must end. Throws CriticalError when `runOnce` does,
 * and reports a critical message, which ends the work, by the rule of
 * repeated errors.
 */
export async function keepRunning<Account>(session: Session<Account>, runOnce: () => Promise<void>): Promise<void> {
  const { clock, health, monitor, work } = session;
  let failures = 0;
  while (!work.aborted) {
    const { successes } = health;
    const ended = await runOnce().then(
      () => ({ error: undefined }),
      (error: unknown) => ({ error }),
    );
    if (ended.error instanceof CriticalError) throw ended.error;
    failures = health.successes === successes ? failures + 1 : 1;
    if (work.aborted) {
      reportUnsaved(session, ended.error);
      return;
    }
    const delayMs = restartDelayMs(failures);
    if (ended.error !== undefined && isCounted(ended.error)) health.failed();
    monitor.report(describeEnd(health, ended.error, delayMs / 1000), errorDetail(ended.error));
    await waitAlive(clock, delayMs, work, () => monitor.heartbeat());
  }
}

function describeEnd(health: Health, error: unknown, seconds: number): Message {
  if (error === undefined) return triggerEnded({ seconds });
  const reason = errorText(error);
  if (error instanceof LeaseLostError) return leaseLost({ reason });
  if (!isCounted(error)) return triggerInterrupted({ reason, seconds });
  const { errorsInARow, runningMs, sinceEventMs } = health;
  if (!keepsFailing({ errorsInARow, runningMs, sinceEventMs })) return triggerFailed({ reason, seconds });
  return triggerKeepsFailing({ errors: errorsInARow, hours: sinceEventMs / HOUR_MS, reason });
}

/** A call that the stop cut short is no news; a state that could not be saved is. */
function reportUnsaved<Account>({ monitor }: Session<Account>, error: unknown): void {
  if (!(error instanceof StorageError)) return;
  monitor.report({ code: error.code, level: 'error', text: error.message }, errorDetail(error));
}
