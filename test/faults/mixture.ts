import { setTimeout as delay } from 'node:timers/promises';
import { intakeChaos } from '../../lib/console/platform/intake-chaos.js';
import { type ChaosStep, chaos } from '../../lib/emulator/chaos.js';
import type { Fault } from '../../lib/emulator/faults.js';
import { type Random, seededRandom } from '../../lib/emulator/seeded-random.js';
import { alertText } from '../helpers/alert-text.js';
import { openStage, type Stage, type StageTrigger } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

/** How a mixture of faults is thrown. */
export interface Mixture {
  readonly seed: number;
  readonly seconds: number;
  /** Ends the process at random moments without a word, and starts it again. */
  readonly kills: boolean;
  /** Milliseconds between two faults of a server, on average. */
  readonly everyMs: number;
}

/** What came of it. */
export interface MixtureResult {
  readonly alerts: number;
  readonly lost: number;
  /** Events beyond the first of their alert. */
  readonly duplicated: number;
  readonly kills: number;
  readonly faults: number;
  readonly criticals: readonly string[];
}

/** The most events that can be in flight, and so repeated after a kill. */
export const IN_FLIGHT = 100;
const BATCH = 50;

const configuration = {
  frequency: 1,
  // The whole lookback is read by every poll: what a lying page hid is found by the next.
  lookback_hours: 2,
  chunk_size: BATCH,
  concurrency: IN_FLIGHT / BATCH,
  ratelimit_per_hour: 1_000_000,
};

/** Throws seeded faults of both servers at the running process while alerts appear, then waits until everything has arrived. */
export async function throwMixture(mixture: Mixture): Promise<MixtureResult> {
  const stage = await openStage({ emulator: { pageSize: 40, rateLimitPerHour: 1_000_000, order: { shuffled: 2 } } });
  const random = seededRandom(mixture.seed);
  const over = new AbortController();
  const counts = { alerts: 0, odd: 0, kills: 0, faults: 0 };
  try {
    let trigger = await stage.start({ configuration });
    await waitUntil('a token', () => stage.emulator.calls.some(({ called }) => called === 'list'));
    const storms = [
      raise(apiFaults(mixture), (fault) => stage.emulator.faults.set(fault), counts, over.signal),
      raise(intakeFaults(mixture), (fault) => stage.intake.faults.set(fault), counts, over.signal),
      addAlerts(stage, random, counts, over.signal),
    ];
    for (const end = performance.now() + mixture.seconds * 1000; performance.now() < end; ) {
      await delay(Math.min(500 + random.integer(4000), Math.max(0, end - performance.now())));
      if (mixture.kills && performance.now() < end) trigger = await killAndStart(stage, trigger, counts);
    }
    over.abort();
    await Promise.all(storms);
    stage.emulator.faults.clear();
    stage.intake.faults.clear();
    const expected = counts.alerts + counts.odd;
    // What is missing after this is lost; the longest backoff has passed long before.
    await waitUntil('every alert', () => arrived(stage).size >= expected, 180_000).catch(() => undefined);
    await delay(3_000);
    await trigger.stop();
    const events = stage.intake.accepted;
    return {
      alerts: expected,
      lost: expected - arrived(stage).size,
      duplicated: events - arrived(stage).size,
      kills: counts.kills,
      faults: counts.faults,
      criticals: stage.place.logs.filter(({ level }) => level === 'critical').map(({ message }) => message),
    };
  } finally {
    over.abort();
    await stage.close();
  }
}

/** Each alert by its exact text: those without an id are among them. */
function arrived({ intake }: Stage): ReadonlySet<string> {
  return new Set(intake.events.map(({ text }) => JSON.parse(text).message));
}

async function raise<AnyFault extends { readonly kind: string }>(
  steps: Iterator<ChaosStep<AnyFault>>,
  set: (fault: AnyFault) => void,
  counts: { faults: number; odd: number },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const { waitMs, fault } = (steps.next() as IteratorYieldResult<ChaosStep<AnyFault>>).value;
    await delay(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    set(fault);
    counts.faults += 1;
    if (fault.kind === 'odd-alert') counts.odd += 1;
  }
}

function* apiFaults({ seed, everyMs, kills }: Mixture): Generator<ChaosStep<Fault>, never> {
  for (const { waitMs, fault } of chaos(seed, everyMs)) {
    // It changes an alert's text, by which alerts are counted here.
    if (fault.kind === 'not-utf8') continue;
    yield { waitMs, fault: survivable(fault, kills) };
  }
  throw new Error('The chaos has ended.');
}

/** A key that is refused at the first call of a process, or for a minute, is the end, as it should be. */
function survivable(fault: Fault, kills: boolean): Fault {
  if (fault.kind === 'key-revoked') return kills ? { ...fault, on: 'list' } : { ...fault, on: 'any', times: 2 };
  // At the token endpoint 403 says that the key is wrong.
  return fault.kind === 'status' && fault.status === 403 ? { ...fault, on: 'list' } : fault;
}

function* intakeFaults({ seed, everyMs }: Mixture): ReturnType<typeof intakeChaos> {
  for (const { waitMs, fault } of intakeChaos(seed + 1, everyMs)) {
    // Each refusal of the key is waited for, and a minute of them would be the end.
    const isKeyRefusal = fault.kind === 'status' && (fault.status === 401 || fault.status === 403);
    yield { waitMs, fault: isKeyRefusal ? { ...fault, status: 503 } : fault };
  }
  throw new Error('The chaos has ended.');
}

/** Alerts appear all the while, with startTimes of the last hour in no order. */
async function addAlerts(stage: Stage, random: Random, counts: { alerts: number }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (let more = random.integer(60); more > 0; more--) {
      const start = Date.now() - 60_000 - random.integer(3_000_000);
      counts.alerts += 1;
      stage.emulator.add(alertText({ id: 5_000_000 + ((counts.alerts * 7_919) % 1_000_003), start }));
    }
    await delay(random.integer(400), undefined, { signal }).catch(() => undefined);
  }
}

async function killAndStart(stage: Stage, trigger: StageTrigger, counts: { kills: number }): Promise<StageTrigger> {
  await trigger.kill();
  counts.kills += 1;
  return stage.start({ configuration });
}
