import type { Clock } from './clock.js';
import { waitAlive } from './wait.js';

/** How a call is tried again. */
export interface RetryPlan {
  readonly attempts: number;
  /** The pause after the nth failure, counted from 1. */
  readonly delayMs: (failures: number) => number;
  /** True when another attempt can't help. */
  readonly isFinal?: (error: unknown) => boolean;
  /** Told before each pause. */
  readonly onRetry?: (error: unknown, delayMs: number) => void;
}

/** What a retry needs of its surroundings. */
export interface RetrySurroundings {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly heartbeat: () => void;
}

/** Calls `attempt` until it succeeds, fails for good, has used up the plan, or `signal` is aborted; then the last error is thrown. */
export async function retry<T>(attempt: () => Promise<T>, plan: RetryPlan, around: RetrySurroundings): Promise<T> {
  for (let failures = 1; ; failures++) {
    around.heartbeat();
    try {
      return await attempt();
    } catch (error) {
      if (failures >= plan.attempts || around.signal.aborted || plan.isFinal?.(error)) throw error;
      const delayMs = plan.delayMs(failures);
      plan.onRetry?.(error, delayMs);
      await waitAlive(around.clock, delayMs, around.signal, around.heartbeat);
      if (around.signal.aborted) throw error;
    }
  }
}
