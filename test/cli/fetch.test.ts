import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { operatorEnv, runCli, startCli } from '../helpers/cli.js';
import { readSamples } from '../helpers/samples.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

const HOUR_MS = 3_600_000;

// Many processes one after the other, on a machine that may be busy.
jest.setTimeout(120_000);

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ emulator: { pageSize: 3 } });
});
afterEach(() => stage.close());

const fetched = (...args: string[]) => runCli(['fetch', ...args], { env: operatorEnv(stage) });

describe('lacework-trigger fetch', () => {
  it('writes the event of each alert of the range, a line each, and touches neither the state nor the intake', async () => {
    const samples = readSamples();
    for (const { message } of samples) stage.emulator.add(message, { startTime: Date.now() - HOUR_MS });
    const { code, stdout, stderr } = await fetched('--from', '2h');
    expect(code).toBe(0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const byMessage = (a: { message?: unknown }, b: { message?: unknown }) =>
      String(a.message).localeCompare(String(b.message));
    expect(events.sort(byMessage)).toEqual([...samples].sort(byMessage));
    expect(stderr).toMatch(/^20.* UTC to 20.* UTC: 7 alerts seen, 7 events, 4 calls\.\n$/);
    expect(stage.intake.requests).toEqual([]);
    await expect(readdir(stage.dataDirectory)).rejects.toThrow('ENOENT');
  });

  it('with --dry-run writes no events, but what they come to', async () => {
    stage.emulator.addGenerated({ count: 8, seed: 1, from: Date.now() - HOUR_MS, to: Date.now() - 60_000 });
    const { code, stdout, stderr } = await fetched('--from', '2h', '--dry-run', '--json');
    const { severities, types, ...facts } = JSON.parse(stdout);
    expect([code, stderr]).toEqual([0, '']);
    expect(facts).toEqual({ seen: 8, events: 8, filtered: 0, withoutDetails: 0, calls: 4 });
    const sum = (counts: object) => Object.values(counts).reduce((all: number, one: number) => all + one, 0);
    expect([sum(severities), sum(types)]).toEqual([8, 8]);
  });

  it('with --details fills fields that only the details hold', async () => {
    const [first] = readSamples();
    stage.emulator.add(first?.message ?? '', { startTime: Date.now() - HOUR_MS });
    const { code, stderr } = await fetched('--from', '2h', '--details');
    expect(code).toBe(0);
    expect(stderr).toContain('1 event, 3 calls');
    expect(stage.emulator.calls.map(({ called }) => called)).toEqual(['token', 'list', 'details']);
  });

  it('names the part of the range that Lacework does not answer for any more', async () => {
    const { code, stderr } = await fetched('--from', '100d', '--to', '91d');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: Lacework answers for 92 days back: alerts that began from .* can't be collected/);
  });

  it('says what it is about when Lacework can not be reached, and fails with 4', async () => {
    const { code, stderr } = await runCli(['fetch', '--from', '1h'], {
      env: { ...operatorEnv(stage), LACEWORK_ACCOUNT: 'http://127.0.0.1:9' },
    });
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^error: 127\.0\.0\.1:9 .*\(ECONNREFUSED\)\.\n$/)]);
  });

  it('ends at Ctrl-C with 130', async () => {
    stage.emulator.faults.set({ kind: 'hang-before-headers' });
    const running = startCli(['fetch', '--from', '1h'], { env: operatorEnv(stage) });
    await waitUntil('a call that hangs', () => stage.emulator.calls.some(({ called }) => called === 'list'));
    running.child.kill('SIGINT');
    expect(await running.ended).toEqual({ code: 130, stdout: '', stderr: '' });
  });

  it('has no trouble with a reader that has enough', async () => {
    stage.emulator.addGenerated({ count: 60, seed: 1, from: Date.now() - HOUR_MS, to: Date.now() - 60_000 });
    const running = startCli(['fetch', '--from', '2h'], { env: operatorEnv(stage) });
    running.child.stdout?.once('data', () => running.child.stdout?.destroy());
    const { stderr } = await running.ended;
    expect(stderr).not.toContain('EPIPE');
  });
});
