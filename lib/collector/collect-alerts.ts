import { deliberateWait } from '../deliberate-wait.js';
import { LaceworkError, StoppedError } from '../errors.js';
import type { RateLimit } from '../lacework/rate-limit.js';
import { messages } from '../messages.js';
import type { Window } from '../window.js';
import { Failures } from './failures.js';
import { paceMs } from './pace.js';
import { persist } from './persist.js';
import { type Polling, poll } from './poll.js';
import { newTally, type PollTally } from './poll-tally.js';

/** What is known of the key; it outlives the collecting: a key that has worked is not given up for a single refusal after a new start of the loop. */
export interface KeyHistory {
  wasAccepted: boolean;
}

/** What the loop of polls needs. */
export interface Collecting extends Polling {
  readonly frequencyMs: number;
  readonly rateLimit: RateLimit;
  /** What the polls cost, kept up to date here, read by who gives out calls for details. */
  readonly load: { pollCalls: number; sweepCalls: number };
  readonly keyHistory: KeyHistory;
  /** Told after each poll that succeeded. */
  readonly succeeded: () => void;
}

/**
 * Polls until the trigger stops: `frequency` counts from start to start, and polls never overlap. What fails outside is
 * said, waited for and tried again here; what is thrown is a defect of ours or needs a person.
 */
export async function collectAlerts(collecting: Collecting): Promise<void> {
  const { client, clock, monitor, signal, lease, rateLimit, load, keyHistory, metrics } = collecting;
  const failures = new Failures(clock, monitor);
  const pace = new Pace(collecting);
  let forwarded = 0;
  let unrecorded = 0;
  metrics.callsLeft(rateLimit.spare('alerts', 0));
  while (!signal.aborted) {
    const started = clock.monotonic();
    const madeBefore = rateLimit.made;
    const tally = newTally();
    let waitMs: number;
    try {
      await collecting.runs.startLeft(collecting);
      const intervalMs = pace.intervalMs();
      const result = await poll(intervalMs, tally, collecting);
      const calls = rateLimit.made - madeBefore;
      if (result.kind === 'recent') load.pollCalls = tally.pages;
      if (result.kind === 'sweep') load.sweepCalls = tally.pages;
      failures.over();
      collecting.succeeded();
      reportPoll(result.window, tally, calls, clock.monotonic() - started, collecting);
      waitMs = Math.max(0, started + pace.intervalMs() - clock.monotonic());
    } catch (error) {
      if (signal.aborted || error instanceof StoppedError) break;
      if (!(error instanceof LaceworkError)) throw error;
      waitMs = failures.add(error, keyHistory.wasAccepted || client.hasConnected);
    } finally {
      keyHistory.wasAccepted ||= client.hasConnected;
      // A poll that fails has delivered what it had taken.
      forwarded += tally.forwarded;
      unrecorded += tally.unrecorded;
    }
    metrics.callsLeft(rateLimit.spare('alerts', 0));
    await whileRunning(() => waitForNextPoll(waitMs, collecting));
  }
  if (unrecorded > 0) monitor.report(messages.unrecorded({ count: unrecorded }));
  // Without the lease this is no stop: another attempt follows, which says why.
  lease.assertHeld();
  monitor.report(messages.stopped({ forwarded, unrecorded }));
  await whileRunning(() => persist(() => collecting.callHistory.keep(1), collecting));
}

/** Does the work, or gives it up when the trigger stops. */
async function whileRunning(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
  }
}

async function waitForNextPoll(ms: number, collecting: Collecting): Promise<void> {
  const { client, monitor, callHistory } = collecting;
  await persist(() => callHistory.keep(), collecting);
  if (ms > 0) monitor.report(messages.waiting({ until: client.now() + ms, ms }));
  await deliberateWait(ms, collecting);
}

/** The interval in effect, said when it is longer than asked for, and again when it changes by a quarter. */
class Pace {
  readonly #collecting: Collecting;
  #saidMs: number | undefined;

  constructor(collecting: Collecting) {
    this.#collecting = collecting;
  }

  intervalMs(): number {
    const { frequencyMs, load, rateLimit, monitor } = this.#collecting;
    const perHour = rateLimit.perHour;
    const intervalMs = paceMs(frequencyMs, { ...load, perHour });
    const isStretched = intervalMs > frequencyMs;
    if (isStretched && Math.abs(intervalMs - (this.#saidMs ?? 0)) > intervalMs / 4) {
      monitor.report(messages.intervalStretched({ frequency: frequencyMs / 1000, intervalMs, perHour }));
      this.#saidMs = intervalMs;
    }
    if (!isStretched) this.#saidMs = undefined;
    return intervalMs;
  }
}

function reportPoll(window: Window, tally: PollTally, calls: number, tookMs: number, collecting: Collecting): void {
  const { monitor, metrics, client, clock, details } = collecting;
  const { seen, fresh, changed, deadLetters, newestStart } = tally;
  const lagMs = newestStart === undefined ? undefined : Math.max(0, client.now() - newestStart);
  metrics.collected(fresh + changed);
  metrics.lag((lagMs ?? 0) / 1000);
  metrics.polled(clock.now(), tookMs / 1000);
  if (fresh + changed + deadLetters === 0) {
    monitor.report(messages.nothingNew({ window, seen, tookMs, calls }));
    return;
  }
  const withoutDetails = details === undefined ? undefined : tally.withoutDetails;
  monitor.report(messages.pollEnded({ ...summaryOf(tally), window, withoutDetails, lagMs, tookMs, calls }));
}

function summaryOf({ seen, fresh, changed, filtered, forwarded, deadLetters }: PollTally) {
  return { seen, fresh, changed, filtered, forwarded, deadLetters };
}
