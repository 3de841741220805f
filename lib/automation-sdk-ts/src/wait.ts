import type { Clock } from './clock.js';

/** A deliberate wait gives a heartbeat this often; platform-protocol, "Liveness". */
const HEARTBEAT_MS = 10_000;

/** Waits `ms`, or until `signal` is aborted, and says all the while that the process is alive. */
export async function waitAlive(clock: Clock, ms: number, signal: AbortSignal, heartbeat: () => void): Promise<void> {
  const end = clock.monotonic() + ms;
  for (let left = ms; left > 0 && !signal.aborted; left = end - clock.monotonic()) {
    heartbeat();
    await clock.sleep(Math.min(left, HEARTBEAT_MS), signal);
  }
  heartbeat();
}

/** Resolves when `signal` is aborted; never, and without a trace on it, when `forget` is aborted first. */
export function aborted(signal: AbortSignal, forget?: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const options = { once: true, ...(forget === undefined ? {} : { signal: forget }) };
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), options));
}

/** Runs `work` for at most `ms`; false when it was left unfinished. A rejection of `work` is the caller's. */
export async function atMost(clock: Clock, ms: number, work: Promise<unknown>): Promise<boolean> {
  const finished = new AbortController();
  const timedOut = clock.sleep(ms, finished.signal).then(() => false);
  try {
    return await Promise.race([work.then(() => true), timedOut]);
  } finally {
    finished.abort();
  }
}
