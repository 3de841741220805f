import { setTimeout as delay } from 'node:timers/promises';

/** Time as the module sees it; passed in, so that a test can step it. */
export interface Clock {
  /** Wall-clock time in milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes back, and counts while the process is frozen. */
  monotonic(): number;
  /** Resolves after `ms` milliseconds, or at once, without throwing, when `signal` is aborted: the caller looks at the signal. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    if (signal?.aborted) return;
    try {
      // Longer than 2^31 ms, and the timer would fire at once.
      await delay(Math.min(Math.max(ms, 0), 2 ** 31 - 1), undefined, signal ? { signal } : {});
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  },
};
