import type { Fault, Misbehaviour, OddAlert } from './faults.js';
import { type Random, seededRandom } from './seeded-random.js';

/** A fault out of the blue, and how long after the one before. */
export interface ChaosStep<AnyFault> {
  readonly waitMs: number;
  readonly fault: AnyFault;
}

type Draw = (random: Random) => Misbehaviour;

const draws: readonly Draw[] = [
  (random) => ({ kind: 'status', status: random.pick([500, 502, 503, 504]) }),
  (random) => ({ kind: 'status', status: random.pick([500, 502, 503, 504]) }),
  () => ({ kind: 'status', status: 403 }),
  (random) => ({
    kind: 'too-many-requests',
    says: random.pick(['retry-after', 'retry-after-date', 'rate-limit-reset', 'nothing']),
    seconds: 1,
  }),
  () => ({ kind: 'budget-figures', limit: '0', remaining: '0' }),
  () => ({ kind: 'token-lost' }),
  () => ({ kind: 'key-revoked' }),
  () => ({ kind: 'no-content' }),
  () => ({ kind: 'empty-object' }),
  () => ({ kind: 'null-data' }),
  () => ({ kind: 'data-not-array' }),
  () => ({ kind: 'html-page' }),
  () => ({ kind: 'truncated-json' }),
  () => ({ kind: 'endless-body' }),
  () => ({ kind: 'reset-before-headers' }),
  () => ({ kind: 'reset-mid-body' }),
  // Shorter than any deadline: what counts here is how often, not how long.
  (random) => ({ kind: 'hang-before-headers', forMs: random.integer(2000) }),
  (random) => ({ kind: 'hang-mid-body', forMs: random.integer(2000) }),
  (random) => ({ kind: 'slow-body', everyMs: 10, bytes: 200 + random.integer(2000) }),
  (random) => ({ kind: 'wrong-clock', offsetSeconds: random.pick([-3600, 3600]) }),
  () => ({ kind: 'page-twice' }),
  () => ({ kind: 'page-before-again' }),
  () => ({ kind: 'id-twice' }),
  () => ({ kind: 'not-utf8' }),
  () => ({ kind: 'early-end' }),
  () => ({ kind: 'empty-page' }),
  () => ({ kind: 'no-paging' }),
  () => ({ kind: 'foreign-next-page' }),
  () => ({ kind: 'endless-pages' }),
  () => ({ kind: 'redirect-other-origin' }),
  () => ({ kind: 'redirect-same-origin' }),
  (random) => ({ kind: 'odd-alert', odd: random.pick(oddKinds) }),
];

const oddKinds: readonly OddAlert[] = [
  'without-id',
  'id-beyond-2^53',
  'start-without-fraction',
  'start-with-offset',
  'start-unreadable',
  'status-nested-deep',
  'not-an-object',
];

/**
 * Faults of the API without end, the same ones for the same seed: each strikes one to three times. Clear the one before
 * when setting the next, or they pile up while the client waits.
 */
export function* chaos(seed: number, everyMs = 500): Generator<ChaosStep<Fault>, never> {
  const random = seededRandom(seed);
  for (;;) {
    const misbehaviour = random.pick(draws)(random);
    yield {
      waitMs: random.integer(2 * everyMs),
      fault: {
        ...misbehaviour,
        on: random.pick(['list', 'list', 'any'] as const),
        times: 1 + random.integer(3),
      },
    };
  }
}
