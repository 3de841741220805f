import type { PlaybookEvent } from './context.js';
import { errorText } from './error-text.js';
import { PlatformError } from './errors.js';
import { eventDelayed } from './messages.js';
import { retry } from './retry.js';
import type { Session } from './session.js';

const ATTEMPTS = 10;

/** Starts a playbook run: up to 10 attempts for 5xx and network failures, the pauses doubled from 1 s; a 4xx is final. */
export async function sendEvent<Account>(
  { platform, clock, monitor, health }: Session<Account>,
  event: PlaybookEvent,
  signal: AbortSignal,
): Promise<void> {
  const plan = {
    attempts: ATTEMPTS,
    delayMs: (failures: number) => 1000 * 2 ** (failures - 1),
    onRetry: (error: unknown, delayMs: number) =>
      monitor.report(eventDelayed({ reason: errorText(error), seconds: delayMs / 1000 })),
    isFinal: (error: unknown) => error instanceof PlatformError && isRefusal(error.status),
  };
  const around = { clock, signal, heartbeat: () => monitor.heartbeat() };
  await retry(() => platform.client.sendEvent(platform.urls.callback, event, signal), plan, around);
  health.eventSent();
}

function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500;
}
