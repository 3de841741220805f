import { afterEach, describe, expect, it } from '@jest/globals';
import { openSimulation, type Simulation } from './simulated-run.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let simulation: Simulation;
afterEach(() => simulation.close());

const ids = () => simulation.intake.events.map(({ text }) => JSON.parse(text).lacework.cloud_security.alert.id);

describe("The intake down for 36 hours in the middle of a day's alerts", () => {
  it('costs nothing: each alert arrives once, memory is flat, and who looks knows', async () => {
    // In memory, since the lease alone is written 13,000 times in so many hours.
    simulation = await openSimulation({ configuration: { frequency: 600, chunk_size: 10, state_store: 'memory://' } });
    const { clock, emulator, intake } = simulation;
    const began = clock.now();
    const total = 2050;
    // Visible as time goes by: the API answers what has begun.
    emulator.addGenerated({ count: total, seed: 5, from: began - HOUR_MS, to: began + 40 * HOUR_MS, onTheHour: false });
    const run = await simulation.start();
    const goTo = async (ms: number) => {
      await clock.runUntil(`${ms / HOUR_MS} h`, () => clock.now() - began >= ms, 42 * HOUR_MS, 100_000);
      // Others may sleep until the same moment.
      await clock.advance(0);
      await simulation.idle();
    };

    await goTo(3 * HOUR_MS);
    const before = intake.accepted;
    expect(before).toBeGreaterThan(190);
    const lagBefore = await run.metric('events_lags');
    expect(lagBefore).toBeGreaterThan(0);
    expect(lagBefore).toBeLessThan(20 * 60);

    intake.faults.set({ kind: 'down' });
    await goTo(5 * HOUR_MS);
    const heap = await settledHeap();
    const [callsBefore, lagAt5] = [emulator.calls.length, await run.metric('events_lags')];
    for (let hour = 9; hour <= 39; hour += 6) {
      await goTo(hour * HOUR_MS);
      expect(await run.health()).toBe(200);
      expect(await run.metric('events_lags')).toBeGreaterThan(lagAt5 + (hour - 5.1) * 3600);
    }
    expect(intake.accepted).toBe(before);
    expect(await run.metric('forwarded_events_total')).toBe(before);
    expect(emulator.calls.length).toBe(callsBefore);
    expect((await settledHeap()) - heap).toBeLessThan(4_000_000);

    intake.faults.clear();
    await goTo(41 * HOUR_MS);
    expect(ids()).toHaveLength(total);
    expect(new Set(ids()).size).toBe(total);
    expect(await run.metric('forwarded_events_total')).toBe(total);
    expect(await run.metric('events_lags')).toBeLessThan(2 * 3600);

    const words = run.lines.filter(({ code }) => /^intake_/.test(code));
    expect(words[0]).toMatchObject({
      level: 'warning',
      message: expect.stringMatching(
        / refuses or does not accept connections \(ECONNREFUSED\)\. Waiting: \d+ events; sent again/,
      ),
    });
    expect(words.at(-1)).toMatchObject({
      level: 'info',
      message: expect.stringMatching(/^The intake takes events again, after 3[56]\.\d h/),
    });
    const between = words.slice(1, -1);
    for (const { level, message } of between) {
      expect(level).toBe('error');
      expect(message).toMatch(
        /^The intake has not taken events since 2026-01-31 12:[34]\d:\d\d UTC: .* Waiting: \d+ events; nothing is lost, and collection goes on when it answers\.$/,
      );
    }
    // Each 10 minutes, and up to 10 s later, since a wait looks at the clock so often.
    expect(between.length).toBeGreaterThanOrEqual(Math.floor((36 * 60 * 60) / 610) - 1);
    expect(between.length).toBeLessThanOrEqual((36 * 60) / 10);
    expect(run.lines.filter(({ level }) => level === 'critical')).toEqual([]);
    expect(await run.stop()).toBe(0);
  }, 120_000);
});

describe('An intake key that is refused', () => {
  it('for a minute on end is critical; with the right key, after a restart, nothing is missing and nothing comes twice', async () => {
    simulation = await openSimulation({ configuration: { frequency: 60 } });
    const { clock, emulator, intake, place } = simulation;
    emulator.addGenerated({ count: 500, seed: 2, from: clock.now() - 20 * HOUR_MS, to: clock.now() - MINUTE_MS });
    const wrong = await simulation.start({ intake_key: 'wrong-key' });
    const isCritical = () => wrong.lines.some(({ level }) => level === 'critical');
    await clock.runUntil('the critical line', isCritical, HOUR_MS);
    const calls = intake.requests.length;
    await clock.advance(HOUR_MS);
    expect(intake.requests).toHaveLength(calls);
    expect(wrong.lines.filter(({ level }) => level === 'critical')).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(
          /^Configuration: intake_key is refused by 127\.0\.0\.1:\d+ \(status 401\) for a minute on end\. Copy the key of the intake again, and start the trigger: nothing was lost\.$/,
        ),
      }),
    ]);
    expect(await wrong.health()).toBe(200);
    expect(await wrong.stop()).toBe(0);
    expect(place.logs.filter(({ level }) => level === 'critical')).toHaveLength(1);

    const right = await simulation.start();
    await clock.runUntil('all', () => intake.accepted === 500, HOUR_MS);
    await clock.runUntil('the summary', () => right.lines.some(({ code }) => code === 'poll_ended'), MINUTE_MS);
    expect(new Set(ids()).size).toBe(500);
    expect(await right.stop()).toBe(0);
  });
});

/** Bytes in use when what is not needed is gone. */
async function settledHeap(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
