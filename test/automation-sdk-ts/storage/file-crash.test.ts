import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { FileStore } from '../../../lib/automation-sdk-ts/src/storage/file-store.js';
import { KeyvStorage } from '../../../lib/automation-sdk-ts/src/storage/keyv-storage.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

const KILLS = 200;
const LANES = 4;
const writer = fileURLToPath(new URL('../processes/write-until-killed.mjs', import.meta.url));
const written = z.object({ round: z.number() });

/** Lets a process write, kills it some time after its first durable round, and answers its last one. */
async function writeUntilKilled(directory: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [writer, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    output += text;
  });
  const end = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), end]);
  await delay(afterMs);
  child.kill('SIGKILL');
  await end;
  expect(child.signalCode).toBe('SIGKILL');
  return Number(output.trimEnd().split('\n').at(-1));
}

async function roundOf(storage: Storage, key: string): Promise<number | undefined> {
  return (await storage.get(key, written))?.round;
}

/** What a completed round has replaced must not come back; the round under way may have been done in part. */
async function expectWhole(storage: Storage, last: number): Promise<void> {
  expect([last, last + 2]).toContain(await roundOf(storage, `checkpoint-${last % 2}`));
  if (last > 1) expect([last - 1, last + 1]).toContain(await roundOf(storage, `checkpoint-${(last + 1) % 2}`));
  const kept = Array.from({ length: Math.min(last, 19) }, (_, index) => last - index);
  for (const round of kept) expect(await roundOf(storage, `seen/${round}`)).toBe(round);
  const rounds = (await storage.keys('seen/')).map((key) => Number(key.slice('seen/'.length)));
  expect(Math.min(...rounds)).toBeGreaterThan(last - 20);
  expect(Math.max(...rounds)).toBeLessThanOrEqual(last + 1);
}

describe('the file store under kill -9', () => {
  it(`answers with whole and current values after each of ${KILLS} kills at random moments`, async () => {
    const kills = Array.from({ length: LANES }, async () => {
      const directory = await temporaryDirectory();
      let before = 0;
      for (let kill = 0; kill < KILLS / LANES; kill += 1) {
        const last = await writeUntilKilled(directory.path, 5 + Math.random() * 45);
        expect(last).toBeGreaterThanOrEqual(before);
        before = last;
        await expectWhole(new KeyvStorage(new FileStore(directory.path)), last);
      }
      await directory.remove();
    });
    await Promise.all(kills);
  }, 240_000);
});
