import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { persist } from '../../lib/collector/persist.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { waitUntil } from '../helpers/wait-until.js';
import { type DeliveryOptions, type DeliveryStage, events, openDeliveryStage } from './delivery-stage.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let stage: DeliveryStage;
const open = async (options?: DeliveryOptions) => {
  stage = await openDeliveryStage(options);
  return stage;
};
afterEach(() => stage.close());

const said = () => stage.said.map(({ level, text }) => `${level} ${text}`);
const folder = () => join(stage.directory, 'dead-letters');
const keep = (text: string, alertId: string | undefined = '4711') =>
  stage.parts.deadLetters.keep({ kind: 'refused', reason: 'a reason', alertId, text }, stage.clock.now());

async function bytesOnDisk(): Promise<number> {
  const sizes = (await readdir(folder())).map(async (name) => (await stat(join(folder(), name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function watch(work: Promise<unknown>): { ended: boolean } {
  const watched = { ended: false };
  void work.then(() => {
    watched.ended = true;
  });
  return watched;
}

describe('A dead letter', () => {
  it('keeps the exact text, the reason, the alert and the time, for the owner alone to read', async () => {
    await open();
    const text = '{"a":"\\u0041 é 🙂 \ud800","n":1.0}';
    await keep(text, '9007199254740993');
    const [name = ''] = await readdir(folder());
    expect(name).toMatch(/^20260131-093000000-000000-9007199254740993-\d+\.json$/);
    expect(JSON.parse(await readFile(join(folder(), name), 'utf8')).value).toEqual({
      kind: 'refused',
      reason: 'a reason',
      alertId: '9007199254740993',
      text,
      time: '2026-01-31T09:30:00.000Z',
    });
    expect((await stat(join(folder(), name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder())).mode & 0o777).toBe(0o700);
  });

  it.each([undefined, '', '../../etc/passwd', 'Ä 你 🙂 \ud800', '-1.5E+3', '1'.repeat(1000)])(
    'of an alert with the id %s has a name that stays in its folder',
    async (id) => {
      await open();
      await stage.parts.deadLetters.keep({ kind: 'refused', reason: '', alertId: id, text: 'text' }, 0);
      const names = await readdir(folder());
      expect(names).toEqual([expect.stringMatching(/^19700101-000000000-000000-[a-z0-9]{0,40}-\d+\.json$/)]);
      expect((await stage.letters())[0]?.alertId).toBe(id ?? null);
    },
  );
});

describe('Dead letters', () => {
  it('never take more than their bound, however many come at a time', async () => {
    await open({ deadLettersMaxMb: 1 });
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => keep('x'.repeat(50_000))));
    expect(await readdir(folder())).toHaveLength(19);
    expect(await bytesOnDisk()).toBeLessThanOrEqual(1_000_000);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: {
        code: 'dead_letters_full',
        message: `The dead letters in ${folder()} have reached dead_letters_max_mb (1 MB). Look at them, replay or delete what is there, or raise dead_letters_max_mb.`,
      },
    });
  });

  it('count with all that their files hold, however small they are', async () => {
    await open({ deadLettersMaxMb: 1 });
    const results = await Promise.allSettled(Array.from({ length: 1000 }, () => keep('x'.repeat(1000))));
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(await bytesOnDisk()).toBeLessThanOrEqual(1_000_000);
    expect(await bytesOnDisk()).toBeGreaterThan(998_000);
  });

  it('of a whole batch look for room together: among thousands that are there, each for itself would take minutes', async () => {
    await open({ deadLettersMaxMb: 1 });
    await mkdir(folder(), { mode: 0o700 });
    const others = Array.from({ length: 5000 }, (_, n) => join(folder(), `19700101-000000000-${n}-none-200.json`));
    await Promise.all(others.map((path) => writeFile(path, '')));
    stage.intake.faults.set({ kind: 'too-few-ids', times: 1 });
    const ended = watch(stage.deliver(events(500)));
    await stage.clock.runUntil('10 minutes', () => stage.clock.monotonic() >= 10 * MINUTE_MS, HOUR_MS);
    expect(stage.counts).toMatchObject({ forwarded: 0, deadLetters: 0, unrecorded: 499 });
    await Promise.all(others.map((path) => rm(path)));
    await stage.clock.runUntil('the delivery ends', () => ended.ended, 2 * MINUTE_MS);
    expect((await stage.letters()).map(({ text }) => text).sort()).toEqual(events(500).sort());
    expect(stage.counts).toMatchObject({ forwarded: 499, deadLetters: 500, unrecorded: 0 });
  });

  it('of an earlier process count', async () => {
    await open({ deadLettersMaxMb: 1 });
    await keep('x'.repeat(900_000));
    const other = await openDeliveryStage({ directory: stage.directory, deadLettersMaxMb: 1 });
    await expect(
      other.parts.deadLetters.keep({ kind: 'refused', reason: '', alertId: '1', text: 'x'.repeat(100_000) }, 0),
    ).rejects.toMatchObject({ code: 'dead_letters_full' });
    await other.close();
  });

  it('that are full stop what is delivered, say so every 10 minutes, and go on by themselves when files are deleted', async () => {
    await open({ deadLettersMaxMb: 1 });
    // Room for one of two letters.
    await keep('x'.repeat(999_550));
    stage.intake.faults.set({ kind: 'event-errors', containing: 'refuse', status: 422 });
    const ended = watch(stage.deliver(events(10, [3, 7])));
    // Each is at most 10 s late, the time after which a wait looks at the clock.
    await stage.clock.runUntil('an hour', () => stage.clock.monotonic() >= 61 * MINUTE_MS, 2 * HOUR_MS);
    expect(said()).toEqual(
      new Array(7).fill(
        `error The dead letters in ${folder()} have reached dead_letters_max_mb (1 MB). Look at them, replay or delete what is there, or raise dead_letters_max_mb. Collection waits and goes on by itself; nothing is lost.`,
      ),
    );
    expect(stage.counts).toMatchObject({ forwarded: 0, deadLetters: 0, unrecorded: 8 });
    expect(await stage.recorded()).toBe(0);
    const names = await readdir(folder());
    expect(names).toHaveLength(2);

    await rm(join(folder(), names.find((name) => name.includes('-4711-')) ?? ''));
    await stage.clock.runUntil('the delivery ends', () => ended.ended, 2 * MINUTE_MS);
    expect((await stage.letters()).map(({ alertId }) => alertId).sort()).toEqual(['3', '7']);
    expect(await stage.recorded()).toBe(10);
    expect(stage.intake.requests).toHaveLength(1);
    expect(said().slice(7)).toEqual([
      expect.stringMatching(/^info What had to be stored is stored, after (6\d min|1\.0 h).*; collection goes on\.$/),
      expect.stringMatching(/^error Events that could not be delivered \(the intake answers 422\): 2\./),
    ]);
  });
});

describe('A store that fails', () => {
  it('after the acknowledgement is waited for, and the batch is not sent again', async () => {
    await open({ chunkSize: 5 });
    const blocked = join(stage.directory, 'state', 'seen');
    await writeFile(blocked, 'in the way');
    const ended = watch(stage.deliver(events(20)));
    await stage.clock.runUntil('25 minutes', () => stage.clock.monotonic() >= 25 * MINUTE_MS, HOUR_MS);
    // Four batches wait for the same store: it is spoken of once for all of them.
    expect(said()).toEqual(
      new Array(3).fill(
        expect.stringMatching(
          /^error The store .*\/state failed while writing seen\/\d.* \(ENOTDIR\)\. .* Collection waits and goes on by itself; nothing is lost\.$/,
        ),
      ),
    );
    expect(stage.counts.forwarded).toBe(0);
    expect(stage.intake.requests).toHaveLength(4);

    await rm(blocked);
    await stage.clock.runUntil('the delivery ends', () => ended.ended, 2 * MINUTE_MS);
    expect(stage.counts.forwarded).toBe(20);
    expect(stage.intake.requests).toHaveLength(4);
    expect(await stage.recorded()).toBe(20);
    expect(said().slice(3)).toEqual([expect.stringMatching(/^info What had to be stored is stored/)]);
  });

  it('and a stop meanwhile end the wait', async () => {
    await open();
    const work = persist(() => keep('x'.repeat(256_000_001)), stage.parts);
    await waitUntil('it has failed', () => stage.said.length === 1);
    stage.stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'stopped' });
  });

  it('for a reason that is a defect is not waited for', async () => {
    await open();
    await expect(persist(() => Promise.reject(new TypeError('a defect')), stage.parts)).rejects.toThrow('a defect');
    expect(said()).toEqual([]);
  });
});

// A disk of its own needs the right to mount one: CI has it.
const canMount = process.platform === 'linux' && process.getuid?.() === 0;
const onDisk = canMount || process.env['CI'] ? describe : describe.skip;

onDisk('A full disk', () => {
  let disk: Awaited<ReturnType<typeof temporaryDirectory>>;
  afterEach(async () => {
    execFileSync('umount', ['--lazy', disk.path]);
    await disk.remove();
  });

  it('while a dead letter is written: nothing counts as handled, an error names the path, and it goes on with space', async () => {
    disk = await temporaryDirectory();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk.path]);
    await open({ directory: disk.path });
    await mkdir(join(disk.path, 'filled'));
    stage.intake.faults.set({ kind: 'event-errors', containing: 'refuse', status: 422 });
    await writeFile(join(disk.path, 'filled', 'file'), Buffer.alloc(2_000_000)).catch(() => undefined);
    const ended = watch(stage.deliver(events(10, [3, 7])));
    await stage.clock.runUntil('25 minutes', () => stage.clock.monotonic() >= 25 * MINUTE_MS, HOUR_MS);
    expect(said()).toEqual(
      new Array(3).fill(
        expect.stringMatching(
          new RegExp(
            `^error The store ${disk.path} failed while writing dead-letters/[0-9-]+ \\(ENOSPC\\)\\. Free space on that disk, or give it more\\. Collection waits and goes on by itself; nothing is lost\\.$`,
          ),
        ),
      ),
    );
    expect(stage.counts).toMatchObject({ forwarded: 0, deadLetters: 0 });
    expect(await stage.metric('forwarded_events_total')).toBe(0);
    expect(await stage.recorded()).toBe(0);
    expect(await stage.letters()).toEqual([]);

    await rm(join(disk.path, 'filled', 'file'));
    await stage.clock.runUntil('the delivery ends', () => ended.ended, 2 * MINUTE_MS);
    expect((await stage.letters()).map(({ text }) => text).sort()).toEqual([
      '{"n":3,"refuse":true}',
      '{"n":7,"refuse":true}',
    ]);
    expect(await stage.recorded()).toBe(10);
    expect(stage.intake.requests).toHaveLength(1);
    expect(stage.counts).toMatchObject({ forwarded: 8, deadLetters: 2 });
  });
});
