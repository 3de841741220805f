import { type Clock, type Monitor, waitAlive } from '@sekoia/automation-sdk-ts';
import { StoppedError } from './errors.js';

/** What a wait needs. */
export interface Waiting {
  readonly clock: Clock;
  readonly monitor: Monitor;
  readonly signal: AbortSignal;
}

/**
 * Waits `ms` milliseconds, alive for the health check all the while; throws StoppedError as soon as the trigger stops.
 * `whileWaiting` is called every 10 s.
 */
export async function deliberateWait(
  ms: number,
  { clock, monitor, signal }: Waiting,
  whileWaiting: () => void = () => {},
): Promise<void> {
  await waitAlive(clock, ms, signal, () => {
    monitor.heartbeat();
    whileWaiting();
  });
  if (signal.aborted) throw new StoppedError();
}

/** The `attempt`-th wait (0, 1, …) of an exponential backoff, with jitter: half of it is sure, half is chance. */
export function backoffMs(attempt: number, firstMs: number, longestMs: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 30));
  return full / 2 + (Math.random() * full) / 2;
}
