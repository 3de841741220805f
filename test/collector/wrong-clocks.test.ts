import { describe, expect, it, jest } from '@jest/globals';
import type { SimulatedRun } from '../delivery/simulated-run.js';
import { alertText } from '../helpers/alert-text.js';
import { HOUR_MS, ids, MINUTE_MS, open as openStage, simulation } from './collection-stage.js';

jest.setTimeout(120_000);

const START = Date.UTC(2026, 0, 31, 9, 30);
/** Every 20 minutes of 6 hours an alert appears, each third of them 20 hours late. */
const EVERY_MS = 20 * MINUTE_MS;
const COUNT = 18;
const LATE_MS = 20 * HOUR_MS;

/** The time that is right, whatever the machine's clock says. */
const rightTime = () => START + simulation.clock.monotonic();

const open = async (configuration: Readonly<Record<string, unknown>> = {}) => {
  await openStage({ frequency: 900, ...configuration }, { now: rightTime });
  expect(simulation.clock.now()).toBe(START);
};
const addAlerts = () => {
  for (let id = 1; id <= COUNT; id++) {
    const visibleAt = START + id * EVERY_MS;
    const start = visibleAt - (id % 3 === 0 ? LATE_MS : MINUTE_MS);
    simulation.emulator.add(alertText({ id, start }), { visibleAt });
  }
};
const pass = (ms: number) => {
  const end = rightTime() + ms;
  return simulation.clock.runUntil(`${ms} ms`, () => rightTime() >= end, ms + HOUR_MS, 100_000);
};
const expectAllOnce = async (run: SimulatedRun) => {
  await pass(COUNT * EVERY_MS);
  expect(new Set(ids()).size).toBe(COUNT);
  expect(ids()).toHaveLength(COUNT);
  expect(await run.stop()).toBe(0);
};

describe('A clock that jumps while the trigger runs loses no alert and repeats none', () => {
  it.each([
    ["this machine's, two days ahead", 48 * HOUR_MS],
    ["this machine's, an hour ahead", HOUR_MS],
    ["this machine's, two days back", -48 * HOUR_MS],
  ])('%s', async (_, jump) => {
    await open();
    addAlerts();
    const run = await simulation.start();
    await pass(42 * MINUTE_MS);
    simulation.clock.setWall(jump);
    await expectAllOnce(run);
  });

  it.each([
    ['two days ahead', 48 * 3600],
    ['an hour ahead', 3600],
    ['an hour back', -3600],
  ])("Lacework's, %s for 30 minutes", async (_, offsetSeconds) => {
    await open();
    addAlerts();
    const run = await simulation.start();
    await pass(42 * MINUTE_MS);
    const right = simulation.emulator.faults.set({ kind: 'wrong-clock', offsetSeconds, on: 'any' });
    await pass(30 * MINUTE_MS);
    right();
    await expectAllOnce(run);
  });
});

describe('A start while a clock is wrong', () => {
  it("begins so many hours back by the earlier clock, when Lacework's is an hour ahead", async () => {
    await open({ start_time: '5' });
    simulation.emulator.add(alertText({ id: 1, start: START - 4.9 * HOUR_MS }));
    simulation.emulator.add(alertText({ id: 2, start: START - 5.1 * HOUR_MS }));
    simulation.emulator.faults.set({ kind: 'wrong-clock', offsetSeconds: 3600, on: 'any' });
    const run = await simulation.start();
    await pass(30 * MINUTE_MS);
    expect(ids()).toEqual([1]);
    expect(await run.stop()).toBe(0);
  });

  it('makes one token call an hour although the token seems to have ended when it is granted', async () => {
    await open();
    simulation.clock.setWall(3 * HOUR_MS);
    // A Date of another year is not believed more than no Date at all, and a proxy may leave it out.
    simulation.emulator.faults.set({ kind: 'wrong-clock', offsetSeconds: 3 * 3600, on: 'any' });
    const run = await simulation.start();
    await pass(3 * HOUR_MS - MINUTE_MS);
    expect(simulation.emulator.calls.filter(({ called }) => called === 'token')).toHaveLength(3);
    expect(await run.stop()).toBe(0);
  });
});

describe('An alert that begins in the far future', () => {
  it.each(['2031-01-01T00:00:00.000Z', '9999-12-31T23:59:59.000Z'])(
    'at %s is forwarded once, also after a restart',
    async (time) => {
      await open();
      // Lacework lists it as begun now; what it says of itself is another matter.
      const text = alertText({ id: 1, start: START - HOUR_MS }).replace(/"startTime":"[^"]*"/, `"startTime":"${time}"`);
      simulation.emulator.add(text, { startTime: START - HOUR_MS });
      const run = await simulation.start();
      await pass(3 * HOUR_MS);
      expect(await run.stop()).toBe(0);
      const again = await simulation.start();
      await pass(3 * HOUR_MS);
      expect(ids()).toEqual([1]);
      expect(await again.stop()).toBe(0);
    },
  );
});
