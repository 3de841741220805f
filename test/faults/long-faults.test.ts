import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  openSimulation,
  type SimulatedRun,
  type Simulation,
  type SimulationOptions,
} from '../delivery/simulated-run.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

// Simulated hours take seconds, and more on a machine that is busy.
jest.setTimeout(120_000);

let simulation: Simulation;
afterEach(() => simulation.close());

async function open(options: SimulationOptions = {}, alerts = 250): Promise<SimulatedRun> {
  simulation = await openSimulation({ emulator: { pageSize: 100, ...options.emulator }, ...options });
  const { clock, emulator } = simulation;
  emulator.addGenerated({ count: alerts, seed: 3, from: clock.now() - HOUR_MS, to: clock.now() - MINUTE_MS });
  return simulation.start();
}

const pass = (ms: number, run?: SimulatedRun) => {
  const { clock } = simulation;
  const end = clock.now() + ms;
  return clock.runUntil(
    `${ms} ms`,
    () => clock.now() >= end || run?.lines.at(-1)?.level === 'critical',
    ms + HOUR_MS,
    100_000,
  );
};
const until = (run: SimulatedRun, code: string, withinMs = HOUR_MS) =>
  simulation.clock.runUntil(code, () => run.lines.some((line) => line.code === code), withinMs, 60_000);
const said = (run: SimulatedRun, ...levels: string[]) =>
  run.lines
    .filter(({ level, message }) => levels.includes(level) && !message.includes('is on no mounted volume'))
    .map(({ level, message }) => `${level} ${message.replaceAll(new URL(simulation.emulator.url).host, 'HOST')}`);
const lists = () => simulation.emulator.calls.filter(({ called }) => called === 'list');
const tokens = () => simulation.emulator.calls.filter(({ called }) => called === 'token');
const idsOf = () => simulation.intake.events.map(({ text }) => JSON.parse(text).lacework.cloud_security.alert.id);
const expectEachOnce = (count: number) => {
  expect(new Set(idsOf()).size).toBe(count);
  expect(idsOf()).toHaveLength(count);
};

describe('A call that never ends', () => {
  it.each([
    ['without an answer', { kind: 'hang-before-headers', page: 2, times: 1 } as const],
    ['in the middle of an answer', { kind: 'hang-mid-body', page: 2, times: 1 } as const],
    ['with a byte now and then', { kind: 'slow-body', everyMs: 50, page: 2, times: 1 } as const],
  ])('%s has a deadline, and its page is asked for again', async (_, fault) => {
    simulation = await openSimulation({ emulator: { pageSize: 100 }, laceworkMs: 300 });
    simulation.emulator.faults.set(fault);
    const now = simulation.clock.now();
    simulation.emulator.addGenerated({ count: 250, seed: 3, from: now - HOUR_MS, to: now - MINUTE_MS });
    const run = await simulation.start();
    await until(run, 'poll_ended');
    expect(said(run, 'warning', 'error')).toEqual([
      'warning HOST did not answer in time (ETIMEDOUT). The page is asked for again.',
    ]);
    expectEachOnce(250);
  });
});

describe('Too many calls (429)', () => {
  it('for an hour: said once, until when; nothing is asked meanwhile, and the sequence goes on where it was', async () => {
    simulation = await openSimulation({ emulator: { pageSize: 100 } });
    simulation.emulator.faults.set({
      kind: 'too-many-requests',
      says: 'retry-after',
      seconds: 3600,
      page: 2,
      times: 1,
    });
    const now = simulation.clock.now();
    simulation.emulator.addGenerated({ count: 250, seed: 3, from: now - HOUR_MS, to: now - MINUTE_MS });
    const run = await simulation.start();
    await until(run, 'poll_ended', 2 * HOUR_MS);
    expect(said(run, 'warning', 'error')).toEqual([
      'warning Lacework allows no more calls until 2026-01-31 10:30:00 UTC; collection then goes on where it was.',
    ]);
    // The token has grown old meanwhile: it is renewed, and the page asked for once more.
    expect(
      lists()
        .slice(0, 5)
        .map(({ page, status }) => `${page}: ${status}`),
    ).toEqual(['1: 200', '2: 429', '2: 401', '2: 200', '3: 200']);
    expect((lists()[2]?.at ?? 0) - (lists()[1]?.at ?? 0)).toBe(HOUR_MS);
    expectEachOnce(250);
  });

  it('without a word for how long: waited for longer and longer, from a minute to a quarter of an hour', async () => {
    const run = await open();
    await until(run, 'poll_ended');
    simulation.emulator.faults.set({ kind: 'too-many-requests', says: 'nothing' });
    const before = lists().length;
    await pass(6 * HOUR_MS);
    expect(lists().length - before).toBeLessThan(6 * 8);
    expect(said(run, 'warning')[0]).toMatch(
      /^warning Lacework allows no more calls until .* UTC \(our guess: it did not say\)/,
    );
    simulation.emulator.faults.clear();
    await pass(20 * MINUTE_MS);
    expect(run.lines.filter(({ code }) => code === 'nothing_new').length).toBeGreaterThan(2);
    expect(said(run, 'error')).toEqual([]);
  });

  it('asking again and again to come back at once: believed three times', async () => {
    const run = await open();
    await until(run, 'poll_ended');
    simulation.emulator.faults.set({ kind: 'too-many-requests', says: 'retry-after', seconds: 0 });
    const before = lists().length;
    await pass(2 * HOUR_MS);
    expect(lists().length - before).toBeLessThan(25);
  });

  it('at the token endpoint: waited for as anywhere', async () => {
    simulation = await openSimulation();
    simulation.emulator.faults.set({
      kind: 'too-many-requests',
      says: 'retry-after',
      seconds: 600,
      on: 'token',
      times: 1,
    });
    const run = await simulation.start();
    await until(run, 'nothing_new');
    expect(said(run, 'warning', 'error')).toEqual([
      'warning Lacework allows no more calls until 2026-01-31 09:40:00 UTC; collection then goes on where it was.',
    ]);
  });
});

describe('A key that is revoked', () => {
  it('after it has worked: critical once it has lasted a minute, saying what to do, and then no more calls', async () => {
    const run = await open();
    await until(run, 'poll_ended');
    simulation.emulator.faults.set({ kind: 'key-revoked', on: 'any' });
    const began = simulation.clock.now();
    await pass(10 * MINUTE_MS, run);
    const [warning, critical, ...rest] = said(run, 'warning', 'error', 'critical');
    expect(warning).toMatch(
      /^warning Lacework refuses the API key at HOST \(status 401\)\. .* The poll is made again in 15 s/,
    );
    expect(critical).toBe(
      'critical Lacework refuses the API key at HOST (status 401). Check keyId and secret in the account, or create a new API key in the Lacework console.',
    );
    expect(rest).toEqual([]);
    expect(simulation.clock.now() - began).toBeGreaterThanOrEqual(MINUTE_MS);
    expect(simulation.clock.now() - began).toBeLessThan(3 * MINUTE_MS);
    const calls = simulation.emulator.calls.length;
    await simulation.clock.advance(HOUR_MS);
    expect(simulation.emulator.calls).toHaveLength(calls);
  });

  it('for less than a minute: a warning, and all goes on', async () => {
    const run = await open();
    await until(run, 'poll_ended');
    const off = simulation.emulator.faults.set({ kind: 'key-revoked', on: 'any' });
    await pass(80_000);
    off();
    await until(run, 'poll_recovered');
    expect(said(run, 'critical', 'error')).toEqual([]);
  });

  it('again after another failure: the minute begins again', async () => {
    const run = await open();
    await until(run, 'poll_ended');
    const { clock, emulator } = simulation;
    const revoke = () => emulator.faults.set({ kind: 'key-revoked' });
    const refusals = () => tokens().filter(({ status }) => status === 401).length;
    const off = revoke();
    await clock.runUntil('a refusal', () => refusals() > 0, HOUR_MS);
    await pass(50_000, run);
    off();
    emulator.faults.set({ kind: 'status', status: 503, on: 'any', times: 1 }, revoke);
    const before = refusals();
    await clock.runUntil('another refusal', () => refusals() > before, HOUR_MS);
    await pass(50_000, run);
    expect(said(run, 'critical')).toEqual([]);
    await pass(30_000, run);
    expect(said(run, 'critical')).toHaveLength(1);
  });
});

describe('Lacework down for a day', () => {
  it('is a warning, an error, and recovery by itself, in few calls', async () => {
    const run = await open();
    await until(run, 'poll_ended');
    simulation.emulator.faults.set({ kind: 'status', status: 503, on: 'any' });
    const before = simulation.emulator.calls.length;
    await pass(12 * HOUR_MS);
    expect(await run.health()).toBe(200);
    await pass(12 * HOUR_MS);
    expect(simulation.emulator.calls.length - before).toBeLessThan(24 * 4 * 2 + 20);
    const now = simulation.clock.now();
    simulation.emulator.addGenerated({
      count: 600,
      seed: 9,
      from: now - 23 * HOUR_MS,
      to: now - MINUTE_MS,
      firstId: 2_000_000_000,
    });
    simulation.emulator.faults.clear();
    await until(run, 'poll_recovered');
    expect(said(run, 'warning', 'error', 'critical')).toEqual([
      expect.stringMatching(
        /^warning HOST answers with an error of its own \(status 503\)\. The poll is made again in \d+ s; nothing is lost\.$/,
      ),
      expect.stringMatching(
        /^error HOST answers with an error of its own \(status 503\)\. \d+ polls in a row have failed since 2026-01-31 .* UTC; the next is made in \d+ (s|min)\. Nothing is lost: alerts are collected when Lacework answers\.$/,
      ),
    ]);
    expectEachOnce(850);
  });
});

describe('A stop', () => {
  it.each([
    ['between two polls', 'waiting', undefined],
    ['while a failed poll waits', 'poll_failed', { kind: 'status', status: 503, on: 'any' } as const],
    [
      'while a 429 is waited for',
      'rate_limited',
      { kind: 'too-many-requests', says: 'retry-after', seconds: 3600 } as const,
    ],
  ])('%s ends the wait at once', async (_, code, fault) => {
    const run = await open({ configuration: { frequency: 600 } });
    await until(run, 'poll_ended');
    if (fault !== undefined) simulation.emulator.faults.set(fault);
    await until(run, code);
    const began = simulation.clock.now();
    expect(await run.stop()).toBe(0);
    expect(simulation.clock.now() - began).toBeLessThanOrEqual(2000);
    expect(run.lines.at(-1)?.message).toBe('Stopped; 250 events forwarded since the start. The state is saved.');
  });
});

describe('An account at rest', () => {
  it('costs one call a poll and one token an hour, also where nothing is found', async () => {
    const run = await open({}, 0);
    await pass(6 * HOUR_MS, run);
    const polls = run.lines.filter(({ code }) => code === 'nothing_new').length;
    expect(polls).toBeGreaterThanOrEqual(6 * 60);
    expect(lists().length).toBe(polls);
    expect(tokens().length).toBeLessThanOrEqual(7);
    expect(said(run, 'warning', 'error', 'critical')).toEqual([]);
  });
});
