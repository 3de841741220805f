import type { ChaosStep } from '../../emulator/chaos.js';
import { type Random, seededRandom } from '../../emulator/seeded-random.js';
import type { IntakeFault, IntakeMisbehaviour } from './intake-faults.js';

/** Only faults that store nothing they do not acknowledge: after them every event must be there once. */
const draws: readonly ((random: Random) => IntakeMisbehaviour)[] = [
  (random) => ({ kind: 'status', status: random.pick([500, 502, 503, 504, 408, 425]) }),
  () => ({ kind: 'status', status: 429, retryAfterSeconds: 1 }),
  () => ({ kind: 'status', status: 429 }),
  (random) => ({ kind: 'status', status: random.pick([401, 403]) }),
  () => ({ kind: 'html-page' }),
  () => ({ kind: 'no-event-ids' }),
  () => ({ kind: 'truncated-json' }),
  () => ({ kind: 'reset-mid-request' }),
  () => ({ kind: 'reset-before-headers' }),
  () => ({ kind: 'reset-mid-body' }),
  // Shorter than any deadline: what counts here is how often, not how long.
  (random) => ({ kind: 'hang-before-headers', forMs: random.integer(2000) }),
  (random) => ({ kind: 'hang-mid-body', forMs: random.integer(2000) }),
  (random) => ({ kind: 'refuse-larger', bytes: 20_000 + random.integer(100_000), status: random.pick([400, 413]) }),
];

/** Faults of the intake without end, the same ones for the same seed: each strikes one to three times. */
export function* intakeChaos(seed: number, everyMs = 500): Generator<ChaosStep<IntakeFault>, never> {
  const random = seededRandom(seed);
  for (;;) {
    const misbehaviour = random.pick(draws)(random);
    yield { waitMs: random.integer(2 * everyMs), fault: { ...misbehaviour, times: 1 + random.integer(3) } };
  }
}
