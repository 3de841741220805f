import { describe, expect, it } from '@jest/globals';
import type { Checkpoint } from '../../lib/collector/checkpoint.js';
import { planWindows, SWEEP_EVERY_MS } from '../../lib/collector/plan-window.js';
import { fc } from '../helpers/properties.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 0, 31, 9, 30);
const lookbackMs = 24 * HOUR_MS;
const usual = { now: NOW, earliestNow: NOW, lookbackMs, intervalMs: MINUTE_MS };
const plan = (checkpoint: Checkpoint, more: Partial<Parameters<typeof planWindows>[0]> = {}) =>
  planWindows({ ...usual, checkpoint, ...more });
const ranges = (checkpoint: Checkpoint, more = {}) =>
  plan(checkpoint, more).windows.map(({ from, to }) => [(from - NOW) / HOUR_MS, (to - NOW) / HOUR_MS]);

describe('What a poll reads', () => {
  it('is the last 2 hours between two sweeps, and never what began before the floor', () => {
    expect(ranges({ floor: NOW - 40 * DAY_MS, sweptAt: NOW - 13 * MINUTE_MS })).toEqual([[-2, 0]]);
    expect(ranges({ floor: NOW - HOUR_MS, sweptAt: NOW - 13 * MINUTE_MS })).toEqual([[-1, 0]]);
  });

  it('is the whole lookback when the next poll would come later than a quarter of an hour after the last sweep', () => {
    const checkpoint = { floor: NOW - 40 * DAY_MS, sweptAt: NOW - 14 * MINUTE_MS };
    expect(plan(checkpoint).sweep).toMatchObject({ beganAt: NOW, isUsual: true });
    expect(plan(checkpoint, { intervalMs: MINUTE_MS - 1 }).sweep).toBeUndefined();
    const [from = 0, to] = ranges(checkpoint)[0] ?? [];
    expect(to).toBe(0);
    expect(from).toBeLessThanOrEqual(-24 - 14 / 60);
    expect(from).toBeGreaterThanOrEqual(-25);
  });

  it('is the history from the floor at the first start, in windows of at most 7 days, oldest first', () => {
    const { windows, sweep } = plan({ floor: NOW - 16 * DAY_MS });
    expect(windows.map(({ from, to }) => [(from - NOW) / DAY_MS, (to - NOW) / DAY_MS])).toEqual([
      [-16, -9],
      [-9, -2],
      [-2, 0],
    ]);
    expect(windows.map(({ isReadAgain }) => isReadAgain)).toEqual([false, false, false]);
    expect(sweep?.isUsual).toBe(false);
  });

  it('reaches no further back than the API answers for, and names the gap', () => {
    const { windows, gap } = plan({ floor: NOW - 100 * DAY_MS });
    const reach = NOW - 92 * DAY_MS + MINUTE_MS;
    expect(windows[0]?.from).toBe(reach);
    expect(gap).toEqual({ from: NOW - 100 * DAY_MS, to: reach });
    expect(plan({ floor: NOW - 91 * DAY_MS }).gap).toBeUndefined();
  });

  it('goes on after the windows that an interrupted sweep has settled, and ends that sweep', () => {
    const beganAt = NOW - 3 * HOUR_MS;
    const checkpoint = { floor: NOW - 30 * DAY_MS, sweep: { beganAt, settledUntil: NOW - 9 * DAY_MS } };
    const { windows, sweep } = plan(checkpoint);
    expect(windows[0]?.from).toBe(NOW - 9 * DAY_MS);
    expect(sweep?.whenSettled.sweptAt).toBe(beganAt);
  });

  it('is nothing while start_time is in the future', () => {
    expect(plan({ floor: NOW + DAY_MS }).windows).toEqual([]);
  });

  it('is the whole lookback at once when the last sweep is said to have been in the future', () => {
    const { windows, sweep } = plan({ floor: NOW - 40 * DAY_MS, sweptAt: NOW + 5 * HOUR_MS });
    expect(windows[0]?.from).toBeLessThanOrEqual(NOW - lookbackMs);
    expect(sweep?.whenSettled.sweptAt).toBe(NOW);
  });
});

interface Step {
  /** Minutes since the poll before. */
  readonly after: number;
  /** The poll fails after so many settled windows. */
  readonly failsAfter: number | undefined;
  /** A window that is read again by a later poll is answered as empty. */
  readonly isEmptied: boolean;
  /** The process is started again, and finds only the generation of the checkpoint before the last. */
  readonly losesGeneration: boolean;
  /** A clock is an hour wrong: this machine's is behind, or the server's ahead. */
  readonly clock: 'right' | 'machine behind' | 'server ahead';
}

const steps = fc.array(
  fc.record({
    after: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 15 }) },
      fc.integer({ min: 16, max: 4000 }),
      fc.integer({ min: 9000, max: 30_000 }),
    ),
    failsAfter: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.integer({ min: 0, max: 3 })),
    isEmptied: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
    losesGeneration: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
    clock: fc.constantFrom<Step['clock']>('right', 'right', 'right', 'machine behind', 'server ahead'),
  }),
  { minLength: 1, maxLength: 120 },
);
const alerts = fc.array(
  fc.record({
    /** Minutes after the first start at which it appears. */
    appears: fc.oneof(fc.integer({ min: -1000, max: 12_000 }), fc.integer({ min: 0, max: 600 })),
    /** Minutes between its startTime and that; hardest at the lookback's very end. */
    late: fc.oneof(fc.integer({ min: 0, max: 24 * 60 }), fc.integer({ min: 24 * 60 - 70, max: 24 * 60 })),
  }),
  { minLength: 20, maxLength: 100 },
);

describe('Polls that follow each other', () => {
  it('see every alert that appears within the lookback, whatever fails, restarts, or is wrongly said to be empty, and none twice unremembered', () => {
    fc.assert(
      fc.property(steps, alerts, (path, tenant) => {
        const world = new World(tenant.map(({ appears, late }) => ({ appears, start: appears - late })));
        for (const step of path) world.poll(step);
        // Whatever happened, two sweeps that succeed see the rest.
        for (const after of [15, 15]) {
          world.poll({ after, failsAfter: undefined, isEmptied: false, losesGeneration: false, clock: 'right' });
        }
        expect(world.missing()).toEqual([]);
        expect(world.repeated).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** A tenant and a trigger in minutes; it does with plans what a poll does. */
class World {
  readonly repeated: unknown[] = [];
  readonly #tenant: readonly { readonly appears: number; readonly start: number }[];
  readonly #delivered = new Set<unknown>();
  readonly #remembered = new Set<{ readonly start: number }>();
  readonly #firstFloor: number;
  #generations: Checkpoint[];
  #minute = 0;
  #wasEmptied = false;

  constructor(tenant: readonly { readonly appears: number; readonly start: number }[]) {
    this.#tenant = tenant;
    this.#firstFloor = NOW - lookbackMs;
    this.#generations = [{ floor: this.#firstFloor }];
  }

  poll({ after, failsAfter, isEmptied, losesGeneration, clock }: Step): void {
    this.#minute += after;
    if (losesGeneration && this.#generations.length > 1) this.#generations = [this.#generations[0] as Checkpoint];
    const trueNow = NOW + this.#minute * MINUTE_MS;
    const now = clock === 'server ahead' ? trueNow + HOUR_MS : trueNow;
    const earliestNow = clock === 'machine behind' ? trueNow - HOUR_MS : trueNow;
    const checkpoint = this.#generations.at(-1) as Checkpoint;
    const { windows, sweep } = planWindows({ ...usual, now, earliestNow, checkpoint });
    // Twice in a row would be a server that hides alerts.
    const emptied = isEmptied && !this.#wasEmptied;
    if (sweep !== undefined) this.#wasEmptied = emptied;
    for (const [index, window] of windows.entries()) {
      if (failsAfter === index) return;
      expect(window.to - window.from).toBeLessThanOrEqual(7 * DAY_MS);
      if (!(emptied && window.isReadAgain)) this.#collect(window, checkpoint.floor);
      if (sweep === undefined) continue;
      const isLast = index === windows.length - 1;
      const { beganAt, whenSettled } = sweep;
      this.#save(isLast ? whenSettled : { ...checkpoint, sweep: { beganAt, settledUntil: window.to } });
      this.#forget(window.forgetBefore);
    }
  }

  missing(): unknown[] {
    const due = (alert: { appears: number; start: number }) =>
      this.#timeOf(alert.start) >= this.#firstFloor && alert.appears <= this.#minute;
    return this.#tenant.filter((alert) => due(alert) && !this.#delivered.has(alert));
  }

  #collect({ from, to }: { from: number; to: number }, floor: number): void {
    for (const alert of this.#tenant) {
      const start = this.#timeOf(alert.start);
      if (alert.appears > this.#minute || start < from || start > to || start < floor) continue;
      if (this.#delivered.has(alert) && !this.#remembered.has(alert)) this.repeated.push(alert);
      this.#delivered.add(alert);
      this.#remembered.add(alert);
    }
  }

  #save(checkpoint: Checkpoint): void {
    this.#generations = [this.#generations.at(-1) as Checkpoint, checkpoint];
  }

  #forget(before: number): void {
    const hour = Math.floor(before / HOUR_MS);
    for (const alert of this.#remembered) {
      if (Math.floor(this.#timeOf(alert.start) / HOUR_MS) < hour) this.#remembered.delete(alert);
    }
  }

  #timeOf(minute: number): number {
    return NOW + minute * MINUTE_MS;
  }
}

it('sweeps are due every quarter of an hour', () => {
  expect(SWEEP_EVERY_MS).toBe(15 * MINUTE_MS);
});
