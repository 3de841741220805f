import { describe, expect, it, jest } from '@jest/globals';
import type { SimulatedRun } from '../delivery/simulated-run.js';
import { alertText } from '../helpers/alert-text.js';
import { events, HOUR_MS, ids, MINUTE_MS, now, open, pass, polled, simulation, warnings } from './collection-stage.js';

jest.setTimeout(120_000);

describe('Details', () => {
  const details = () => simulation.emulator.calls.filter(({ called }) => called === 'details');
  const entityMap = '{"CT_User":[{"KEY":{"username":"mallory"},"PROPS":{}}]}';
  const addOne = (id: number, severity: string, hoursAgo = 1) =>
    simulation.emulator.add(alertText({ id, severity, start: now() - hoursAgo * HOUR_MS }), { entityMap });
  const summary = (run: SimulatedRun) => run.lines.find(({ code }) => code === 'poll_ended')?.message;

  it("fill the event's fields, while message stays the list's element, and are fetched once", async () => {
    await open({ fetch_details: true });
    const { text } = addOne(1, 'High');
    const run = await simulation.start();
    await polled(run, 3);
    expect(details().map(({ path }) => path)).toEqual(['/api/v2/Alerts/1?scope=Details']);
    const [event] = events();
    expect(event.message).toBe(text);
    expect(event.related.user).toContain('mallory');
  });

  it('go to the most severe first, then to the newest, as far as the budget reaches; the summary counts the rest', async () => {
    await open({ fetch_details: true, ratelimit_per_hour: 30, frequency: 300 });
    for (let id = 1; id <= 40; id++) addOne(id, id % 10 === 0 ? 'Critical' : 'Low', 1 + id / 100);
    const run = await simulation.start();
    await polled(run);
    const fetched = details().map(({ path }) => Number(/Alerts\/(\d+)/.exec(path)?.[1]));
    expect(fetched.length).toBeGreaterThan(4);
    expect(fetched.length).toBeLessThan(20);
    expect(fetched.slice(0, 6)).toEqual([10, 20, 30, 40, 1, 2]);
    expect(ids()).toHaveLength(40);
    expect(summary(run)).toContain(`, ${40 - fetched.length} without details`);
    await pass(2 * HOUR_MS);
    expect(warnings(run)).toEqual([]);
    for (const { at } of simulation.emulator.calls) {
      const hour = simulation.emulator.calls.filter((call) => call.at > at - HOUR_MS && call.at <= at);
      expect(hour.length).toBeLessThanOrEqual(30);
    }
  });

  it('are not fetched for what is not wanted, nor for a change of what has been delivered', async () => {
    await open({ fetch_details: true, forward_updates: true, min_severity: 'high' }, { searchableFields: [] });
    addOne(1, 'High');
    addOne(2, 'Low');
    const run = await simulation.start();
    await polled(run);
    simulation.emulator.change(1, { status: 'Closed' });
    await polled(run, 3);
    expect(ids()).toEqual([1, 1]);
    expect(details().map(({ path }) => path)).toEqual(['/api/v2/Alerts/1?scope=Details']);
  });

  it.each([
    ['a status', { kind: 'status', status: 500, on: 'details' } as const],
    ['too many calls', { kind: 'too-many-requests', says: 'retry-after', seconds: 3600, on: 'details' } as const],
    ['no answer', { kind: 'reset-before-headers', on: 'details' } as const],
  ])('that fail with %s hold no alert back', async (_, fault) => {
    await open({ fetch_details: true });
    for (let id = 1; id <= 20; id++) addOne(id, 'High');
    simulation.emulator.faults.set(fault);
    const run = await simulation.start();
    const began = now();
    await polled(run);
    expect(ids()).toHaveLength(20);
    expect(now() - began).toBeLessThan(MINUTE_MS);
    expect(details().length).toBeLessThanOrEqual(3);
    expect(summary(run)).toContain(', 20 without details');
    expect(warnings(run)).toEqual([]);
  });

  it.each([
    ['is slow in coming', { kind: 'hang-before-headers', on: 'token' } as const],
    ['is refused', { kind: 'status', status: 500, on: 'token' } as const],
  ])('wait for no token: when theirs is lost and the next %s, the alerts go out without', async (_, fault) => {
    await open({ fetch_details: true });
    for (let id = 1; id <= 20; id++) addOne(id, 'High');
    simulation.emulator.faults.set({ kind: 'token-lost', on: 'details', times: 1 }, () => {
      simulation.emulator.faults.set(fault);
    });
    const run = await simulation.start();
    const began = performance.now();
    await polled(run);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(ids()).toHaveLength(20);
    expect(details()).toHaveLength(1);
    expect(summary(run)).toContain(', 20 without details');
  });

  it('are refused with raw alerts, saying why', async () => {
    await open({ fetch_details: true, event_format: 'raw' });
    const run = await simulation.start();
    await simulation.clock.runUntil('critical', () => run.lines.some(({ level }) => level === 'critical'), MINUTE_MS);
    expect(run.lines.find(({ level }) => level === 'critical')?.message).toMatch(
      /fetch_details can not be used with the event format raw: details only fill fields of the normalized event/,
    );
  });
});
