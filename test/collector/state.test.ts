import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Message, Monitor, Storage } from '@sekoia/automation-sdk-ts';
import { FileStore } from '../../lib/automation-sdk-ts/src/storage/file-store.js';
import { KeyvStorage } from '../../lib/automation-sdk-ts/src/storage/keyv-storage.js';
import { CheckpointStore } from '../../lib/collector/checkpoint.js';
import { SeenAlerts } from '../../lib/collector/seen-alerts.js';
import { SeenEntries } from '../../lib/collector/seen-entries.js';
import type { SeenEntry } from '../../lib/collector/seen-table.js';
import { readStartState } from '../../lib/collector/start-state.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const HOUR_MS = 3_600_000;
const HOUR = Math.floor(Date.UTC(2026, 0, 31, 9) / HOUR_MS);
const NOW = Date.UTC(2026, 0, 31, 9, 30);

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let storage: Storage;
let said: Message[];
const monitor: Monitor = { report: (message) => void said.push(message), heartbeat: () => {}, hide: () => {} };

beforeEach(async () => {
  directory = await temporaryDirectory();
  storage = new KeyvStorage(new FileStore(directory.path));
  said = [];
});
afterEach(() => directory.remove());

const entry = (low: number, fingerprint = 1, hour = HOUR): SeenEntry => ({ high: 0, low, fingerprint, hour });
const reopen = async () => {
  const seen = new SeenAlerts(storage);
  return { seen, lost: await seen.load() };
};
const files = async () =>
  (await readdir(directory.path, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
const damage = async (part: string) => {
  const path = (await files()).find((file) => file.includes(part)) as string;
  await writeFile(path, '{"crc32":"00000000","val');
};

describe('Delivered alerts', () => {
  it('are new, then known, then changed, also after a restart', async () => {
    const { seen } = await reopen();
    expect(seen.judge(entry(7), 1)).toBe('new');
    seen.take(entry(7));
    await seen.record(SeenEntries.of([entry(7), entry(8)]), seen.nextNumber(2));
    const again = (await reopen()).seen;
    expect(again.size).toBe(2);
    expect([again.judge(entry(7), 1), again.judge(entry(7), 2), again.judge(entry(9), 1)]).toEqual([
      'known',
      'changed',
      'new',
    ]);
  });

  it('are remembered in their latest state, in whatever order their records were written', async () => {
    const { seen } = await reopen();
    const [first, second] = [seen.nextNumber(2), seen.nextNumber()];
    await seen.record(SeenEntries.of([entry(7, 200)]), second);
    await seen.record(SeenEntries.of([entry(8)]), first);
    await seen.record(SeenEntries.of([entry(7, 100)]), first + 1);
    expect((await reopen()).seen.judge(entry(7), 200)).toBe('known');
  });

  it('leave no trace once they are forgotten, and what is not yet to be forgotten stays', async () => {
    const { seen } = await reopen();
    for (const back of [30, 26, 2]) await seen.record(SeenEntries.of([entry(back, 1, HOUR - back)]), seen.nextNumber());
    for (const back of [30, 26, 2]) seen.take(entry(back, 1, HOUR - back));
    expect(await seen.forgetBefore((HOUR - 26) * HOUR_MS)).toEqual([]);
    expect(await storage.keys('seen/')).toHaveLength(2);
    expect([seen.judge(entry(30), 1), seen.judge(entry(26), 1), seen.judge(entry(2), 1)]).toEqual([
      'new',
      'known',
      'known',
    ]);
    expect((await reopen()).seen.size).toBe(2);
  });

  it('in 300 small records are merged into one, in their latest state', async () => {
    const { seen } = await reopen();
    for (let low = 0; low < 300; low++) {
      const alert = entry(low % 200, low);
      seen.take(alert);
      await seen.record(SeenEntries.of([alert]), seen.nextNumber());
    }
    await seen.forgetBefore((HOUR - 1) * HOUR_MS);
    expect(await storage.keys('seen/')).toHaveLength(1);
    const again = (await reopen()).seen;
    expect(again.size).toBe(200);
    expect([again.judge(entry(5), 205), again.judge(entry(150), 150)]).toEqual(['known', 'known']);
  });

  it('in many small records are merged into records of about ten thousand, each in its latest state', async () => {
    const { seen } = await reopen();
    for (let record = 0; record < 256; record++) {
      const alerts = Array.from({ length: 100 }, (_, at) => entry(record * 90 + at, record));
      for (const alert of alerts) seen.take(alert);
      await seen.record(SeenEntries.of(alerts), seen.nextNumber(100));
    }
    await seen.forgetBefore((HOUR - 1) * HOUR_MS);
    const counts = (await storage.keys('seen/')).map((key) => Number(key.split('-').at(-1)));
    expect(counts).toHaveLength(3);
    expect(Math.max(...counts)).toBeLessThan(10_200);
    const again = (await reopen()).seen;
    expect(again.size).toBe(255 * 90 + 100);
    expect([again.judge(entry(10_050), 111), again.judge(entry(85), 0)]).toEqual(['known', 'known']);
  });

  it('are merged in their latest state, in whatever order their records were written', async () => {
    const { seen } = await reopen();
    const numbers = Array.from({ length: 300 }, () => seen.nextNumber());
    for (const fingerprint of numbers) seen.take(entry(7, fingerprint));
    for (const number of [...numbers].reverse()) await seen.record(SeenEntries.of([entry(7, number)]), number);
    await seen.forgetBefore((HOUR - 1) * HOUR_MS);
    expect(await storage.keys('seen/')).toHaveLength(1);
    expect((await reopen()).seen.judge(entry(7), 299)).toBe('known');
  });

  it('in a damaged record are named by their hours, at the start and when records are merged', async () => {
    const { seen } = await reopen();
    await seen.record(SeenEntries.of([entry(1, 1, HOUR - 3), entry(2, 1, HOUR - 1)]), seen.nextNumber(2));
    await seen.record(SeenEntries.of([entry(3)]), seen.nextNumber());
    await damage('000000000000-');
    const { seen: again, lost } = await reopen();
    expect(lost).toMatchObject([{ oldestHour: HOUR - 3, newestHour: HOUR - 1 }]);
    expect([again.judge(entry(1), 1), again.judge(entry(3), 1)]).toEqual(['new', 'known']);

    for (let low = 10; low < 300; low++) {
      again.take(entry(low));
      await again.record(SeenEntries.of([entry(low)]), again.nextNumber());
    }
    await damage('000000000100-');
    expect(await again.forgetBefore((HOUR - 1) * HOUR_MS)).toMatchObject([{ oldestHour: HOUR, newestHour: HOUR }]);
  });

  it('in 10,000 small records are read at a start within seconds', async () => {
    const { seen } = await reopen();
    for (let at = 0; at < 10_000; at += 200) {
      await Promise.all(
        Array.from({ length: 200 }, (_, more) => seen.record(SeenEntries.of([entry(at + more)]), seen.nextNumber())),
      );
    }
    const started = performance.now();
    expect((await reopen()).seen.size).toBe(10_000);
    expect(performance.now() - started).toBeLessThan(10_000);
    // Writing them takes as long as the disk does.
  }, 120_000);
});

describe('The checkpoint', () => {
  it('is what was saved last, in two generations written in turn', async () => {
    const store = new CheckpointStore(storage);
    expect((await store.load()).checkpoint).toBeUndefined();
    for (const floor of [1, 2, 3]) await store.save({ floor });
    expect(store.current).toEqual({ floor: 3 });
    expect(await storage.keys('')).toEqual(['checkpoint-0', 'checkpoint-1']);
    expect(await new CheckpointStore(storage).load()).toEqual({ checkpoint: { floor: 3 }, damaged: [] });
  });

  it.each([
    ['checkpoint-0', { floor: 2 }],
    ['checkpoint-1', { floor: 3 }],
  ])('is the other generation when %s is damaged, and the next save does not overwrite that one', async (key, left) => {
    const store = new CheckpointStore(storage);
    for (const floor of [1, 2, 3]) await store.save({ floor });
    await damage(key);
    const again = new CheckpointStore(storage);
    const { checkpoint, damaged } = await again.load();
    expect(checkpoint).toEqual(left);
    expect(damaged.map((error) => error.key)).toEqual([key]);
    await again.save({ floor: 9 });
    expect((await new CheckpointStore(storage).load()).checkpoint).toEqual({ floor: 9 });
  });
});

describe('A start', () => {
  const start = () => readStartState(storage, storage, monitor, { start_time: '24', history_after_damage_hours: 48 });

  it('without state begins where start_time says, once and for all', async () => {
    const { begin } = await start();
    expect(await begin(NOW)).toEqual({ floor: NOW - 24 * HOUR_MS });
    expect(said.map(({ text }) => text)).toEqual([
      'First start: alerts that began at or after 2026-01-30 09:30:00 UTC are collected.',
    ]);
    const again = await start();
    expect(again.checkpoints.current).toEqual({ floor: NOW - 24 * HOUR_MS });
  });

  const leaveOlderState = (text: string) => writeFile(join(directory.path, 'context.json'), text);

  it("goes on where the older module's context.json ends, once, and leaves the file as it is", async () => {
    const text =
      '{"latest_start_event_date_from_previous_run": "2026-01-29T08:00:00Z", "latest_alert_id_from_previous_run": 205}';
    await leaveOlderState(text);
    const { begin, checkpoints } = await start();
    expect(await begin(NOW)).toEqual({ floor: Date.UTC(2026, 0, 29, 8) });
    expect(said.map(({ level, text: line }) => `${level} ${line}`)).toEqual([
      "info The older module's state was found: alerts that began at or after 2026-01-29 08:00:00 UTC are collected. Those of its last hour may arrive a second time.",
    ]);
    await checkpoints.save({ floor: NOW });
    await checkpoints.save({ floor: NOW });
    said = [];
    expect((await start()).checkpoints.current).toEqual({ floor: NOW });
    expect(said.map(({ code }) => code)).toEqual(['resumed']);
    expect(await readFile(join(directory.path, 'context.json'), 'utf8')).toBe(text);
  });

  it.each([
    '',
    '{"latest_start_event_date_from_previous_run": null}',
    '{"latest_start_event_date_from_previous_run": "soon"}',
  ])('says that an older state such as %j can not be read, and begins at start_time', async (text) => {
    await leaveOlderState(text);
    const { begin } = await start();
    expect(await begin(NOW)).toEqual({ floor: NOW - 24 * HOUR_MS });
    expect(said.map(({ level, code }) => `${level} ${code}`)).toEqual(['warning older_state_unreadable']);
  });

  it('says that one generation is damaged, and goes on from the other', async () => {
    const { begin, checkpoints } = await start();
    await begin(NOW);
    await checkpoints.save({ floor: NOW, sweptAt: NOW + HOUR_MS });
    await damage('checkpoint-1');
    said = [];
    expect((await start()).checkpoints.current).toEqual({ floor: NOW - 24 * HOUR_MS });
    expect(said.map(({ level, text }) => `${level} ${text}`)).toEqual([
      expect.stringMatching(
        /^warning One copy of the checkpoint is damaged \(set aside: .*checkpoint-1.*corrupt.*\); the other one is used, nothing is lost\.$/,
      ),
      'info Collection goes on from 2026-01-30 09:30:00 UTC; 0 delivered alerts are remembered.',
    ]);
  });

  it('never takes two damaged generations for a first start: it says from when on it collects again', async () => {
    const { begin, checkpoints } = await start();
    await begin(NOW - 500 * HOUR_MS);
    await checkpoints.save({ floor: NOW });
    await damage('checkpoint-0');
    await damage('checkpoint-1');
    said = [];
    const again = await start();
    expect(said).toEqual([]);
    expect(await again.begin(NOW)).toEqual({ floor: NOW - 48 * HOUR_MS });
    expect(said.map(({ level, text }) => `${level} ${text}`)).toEqual([
      expect.stringMatching(
        /^warning The stored state is damaged \(set aside: .*checkpoint-0.*, .*checkpoint-1.*\)\. Alerts are collected again from 2026-01-29 09:30:00 UTC, duplicates are possible; nothing before that time was checked\.$/,
      ),
    ]);
  });

  it('knows of the damage also when a process ended before it could save a checkpoint', async () => {
    const { begin, checkpoints } = await start();
    await begin(NOW - 500 * HOUR_MS);
    await checkpoints.save({ floor: NOW });
    await damage('checkpoint-0');
    await damage('checkpoint-1');
    await start();
    said = [];
    expect(await (await start()).begin(NOW)).toEqual({ floor: NOW - 48 * HOUR_MS });
    expect(said.map(({ code }) => code)).toEqual(['state_damaged']);
    said = [];
    expect((await start()).checkpoints.current).toEqual({ floor: NOW - 48 * HOUR_MS });
    expect(said.map(({ code }) => code)).toEqual(['resumed']);
  });

  it('names the hours of a damaged record of delivered alerts', async () => {
    const { begin, seen } = await start();
    await begin(NOW);
    await seen.record(SeenEntries.of([entry(1)]), seen.nextNumber());
    const [record = ''] = (await files()).filter((file) => file.includes('seen'));
    await appendFile(record, 'x');
    said = [];
    await start();
    expect(said.map(({ level, text }) => `${level} ${text}`)).toEqual([
      expect.stringMatching(
        /^warning A record of delivered alerts is damaged \(set aside: .*\)\. Alerts that began from 2026-01-31 09:00:00 UTC to 2026-01-31 10:00:00 UTC are collected again; duplicates are possible\.$/,
      ),
      'info Collection goes on from 2026-01-30 09:30:00 UTC; 0 delivered alerts are remembered.',
    ]);
  });
});
