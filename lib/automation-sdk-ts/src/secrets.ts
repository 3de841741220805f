import { CriticalError, PlatformError } from './errors.js';
import type { Monitor } from './message.js';
import { secretsDelayed, secretsUnavailable } from './messages.js';
import type { PlatformClient } from './platform-client.js';
import { type RetrySurroundings, retry } from './retry.js';

const ATTEMPTS = 10;
const LONGEST_PAUSE_MS = 10_000;

/** The account's secrets from the platform: up to 10 attempts, at most 10 s apart, then CriticalError. */
export async function fetchSecrets(
  platform: PlatformClient,
  url: string,
  monitor: Monitor,
  around: RetrySurroundings,
): Promise<Record<string, unknown>> {
  const plan = {
    attempts: ATTEMPTS,
    delayMs: (failures: number) => Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE_MS),
    onRetry: (error: unknown, delayMs: number) =>
      monitor.report(secretsDelayed({ reason: reasonOf(error), seconds: delayMs / 1000 })),
  };
  try {
    return await retry(() => platform.fetchSecrets(url, around.signal), plan, around);
  } catch (error) {
    const { code, text } = secretsUnavailable({ attempts: ATTEMPTS, reason: reasonOf(error) });
    throw new CriticalError(code, text, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof PlatformError ? error.message : String(error);
}
