import { describe, expect, it, jest } from '@jest/globals';
import type { Fault } from '../../lib/emulator/faults.js';
import { lists, open, polled, said, simulation, warnings } from './collection-stage.js';

jest.setTimeout(120_000);

describe("The server's time", () => {
  it.each<[string, Fault, string]>([
    ["a proxy's page", { kind: 'html-page', times: 1 }, "Lacework's answer is not a page of alerts"],
    ['an error', { kind: 'status', status: 503, times: 1 }, 'HOST answers with an error of its own'],
  ])('is not taken from %s', async (_, fault, problem) => {
    await open();
    const run = await simulation.start();
    await polled(run);
    simulation.emulator.faults.set({ kind: 'wrong-clock', offsetSeconds: 3600, times: 1 });
    simulation.emulator.faults.set(fault);
    await said(run, 'poll_recovered');
    expect(warnings(run)).toEqual([expect.stringContaining(problem)]);
    const askedUntil = lists().map(({ path }) => new URL(path, simulation.emulator.url).searchParams.get('endTime'));
    expect(askedUntil).toEqual(lists().map(({ at }) => new Date(at).toISOString()));
  });
});
