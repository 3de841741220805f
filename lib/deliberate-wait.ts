import type { Clock, Monitor } from '@sekoia/automation-sdk-ts';
import { StoppedError } from './errors.js';

/** What a wait needs. */
export interface Waiting {
  readonly clock: Clock;
  readonly monitor: Monitor;
  readonly signal: AbortSignal;
}

/** The health check wants a sign of life while nothing is done on purpose. */
const HEARTBEAT_MS = 10_000;

/** Waits `ms` milliseconds with a heartbeat at least every 10 s; throws StoppedError as soon as the trigger stops. */
export async function deliberateWait(ms: number, { clock, monitor, signal }: Waiting): Promise<void> {
  const until = clock.monotonic() + ms;
  for (;;) {
    if (signal.aborted) throw new StoppedError();
    monitor.heartbeat();
    const left = until - clock.monotonic();
    if (left <= 0) return;
    await clock.sleep(Math.min(left, HEARTBEAT_MS), signal);
  }
}

/** The `attempt`-th wait (0, 1, …) of an exponential backoff, with jitter: half of it is sure, half is chance. */
export function backoffMs(attempt: number, firstMs: number, longestMs: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 30));
  return full / 2 + (Math.random() * full) / 2;
}
