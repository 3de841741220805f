import { describe, expect, it, jest } from '@jest/globals';
import type { SimulatedRun } from '../delivery/simulated-run.js';
import {
  add,
  askedFrom,
  DAY_MS,
  HOUR_MS,
  ids,
  lists,
  open,
  pass,
  polled,
  said,
  simulation,
  throwInTurn,
} from './collection-stage.js';

jest.setTimeout(120_000);

const remembered = (run: SimulatedRun) =>
  Number(
    /(\d+) delivered alerts? (?:is|are) remembered/.exec(
      run.lines.find(({ code }) => code === 'resumed')?.message ?? '',
    )?.[1],
  );
/** The same trigger, started again. */
const restart = async (run: SimulatedRun) => {
  expect(await run.stop()).toBe(0);
  const again = await simulation.start();
  await said(again, 'resumed');
  return again;
};

describe('What has been delivered', () => {
  it('is remembered while it can be met again, and forgotten by the sweeps after that', async () => {
    await open({ lookback_hours: 2 });
    for (let id = 0; id < 5; id++) add({ id, hoursAgo: 1 });
    let run = await simulation.start();
    await pass(HOUR_MS);
    run = await restart(run);
    expect(remembered(run)).toBe(5);
    await pass(3 * HOUR_MS);
    run = await restart(run);
    expect(remembered(run)).toBe(0);
    expect(ids()).toHaveLength(5);
  });

  it('is forgotten window by window in a long sweep, which goes on where it was interrupted', async () => {
    await open();
    for (let id = 0; id < 4; id++) add({ id, hoursAgo: 5 });
    let run = await simulation.start();
    await polled(run);
    expect(await run.stop()).toBe(0);
    await simulation.clock.advance(20 * DAY_MS);
    // One window each: 7 days, 7 days and the rest.
    for (let id = 10; id < 13; id++) add({ id, hoursAgo: 17 * 24 });
    for (let id = 20; id < 25; id++) add({ id, hoursAgo: 10 * 24 });
    for (let id = 30; id < 36; id++) add({ id, hoursAgo: 2 * 24 });
    const before = lists().length;
    throwInTurn(
      // Harmless, but where the third leads to is what fails.
      { kind: 'redirect-same-origin', times: 3 },
      { kind: 'status', status: 503, on: 'any' },
    );
    run = await simulation.start();
    await said(run, 'poll_failed');
    simulation.emulator.faults.clear();
    const [, , thirdFrom] = lists()
      .slice(before)
      .filter(({ status }) => status !== 307)
      .map(askedFrom);
    const interrupted = lists().length;
    run = await restart(run);
    expect(remembered(run)).toBe(5);
    await polled(run);
    expect(lists().slice(interrupted).map(askedFrom)[0]).toBe(thirdFrom);
    expect(new Set(ids()).size).toBe(18);
    expect(ids()).toHaveLength(18);
  });
});
