import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { operatorEnv } from '../helpers/cli.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const program = fileURLToPath(new URL('../../dist/bin/lacework-trigger.js', import.meta.url));

let stage: Stage;
let place: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeEach(async () => {
  stage = await openStage();
  place = await temporaryDirectory();
});
afterEach(async () => {
  await stage.close();
  await place.remove();
});

async function run(args: readonly string[], stdout: number | 'ignore' = 'ignore') {
  const env = { ...operatorEnv(stage), SYMPHONY_DATA_DIR: place.path };
  const child = spawn(process.execPath, [program, ...args], {
    env,
    cwd: place.path,
    stdio: ['ignore', stdout, 'pipe'],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

describe('A command', () => {
  it.each([[['state', 'export']], [['check']], [['fetch', '--from', '2h', '--dry-run']]])(
    '%j says that its result can not be written, and fails',
    async (args) => {
      const full = openSync('/dev/full', 'w');
      const { code, stderr } = await run(args, full);
      closeSync(full);
      expect(stderr).toContain("the result can't be written (");
      expect(stderr).toContain('ENOSPC');
      expect(code).toBe(4);
    },
  );

  it.each([
    ['state', 'rewind', '--to', '2026-02-31', '--yes'],
    ['fetch', '--from', '2026-02-30T00:00:00Z', '--dry-run'],
    ['dead-letters', 'purge', '--older-than', '2025-02-29', '--yes'],
  ])('%s %s refuses a day that the calendar does not have', async (...args) => {
    const { code, stderr } = await run(args);
    expect(stderr).toMatch(/202\d-02-\d\d\S* is no time\. Write a time/);
    expect(code).toBe(2);
  });
});

describe('state export', () => {
  it('leaves a whole file that only its owner reads, also where there was another', async () => {
    const file = join(place.path, 'state.json');
    await writeFile(file, 'older');
    await chmod(file, 0o644);
    expect((await run(['state', 'export', file])).code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toBeDefined();
    expect((await readdir(place.path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('says why a file can not be written', async () => {
    const { code, stderr } = await run(['state', 'export', join(place.path, 'nowhere/state.json')]);
    expect(stderr).toContain("nowhere/state.json can't be written: ");
    expect(code).toBe(2);
  });
});
