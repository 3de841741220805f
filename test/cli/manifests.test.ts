import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { runCli } from '../helpers/cli.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('lacework-trigger manifests finds the files of this repository as they should be', async () => {
  expect(await runCli(['manifests', '--check'], { cwd: root })).toEqual({
    code: 0,
    stdout: 'ok       manifest.json\nok       trigger_fetch_new_logs.json\nok       connector_fetch_new_logs.json\n',
    stderr: '',
  });
});

it('lacework-trigger manifests names what is missing or differs, and writes it', async () => {
  const place = await temporaryDirectory();
  try {
    await writeFile(join(place.path, 'manifest.json'), '{}');
    const { code, stdout } = await runCli(['manifests', '--check'], { cwd: place.path });
    expect([code, stdout]).toEqual([
      1,
      'differs  manifest.json\nmissing  trigger_fetch_new_logs.json\nmissing  connector_fetch_new_logs.json\n',
    ]);
    const asJson = await runCli(['manifests', '--check', '--json'], { cwd: place.path });
    expect([asJson.code, asJson.stdout]).toEqual([
      1,
      '{"file":"manifest.json","verdict":"differs"}\n{"file":"trigger_fetch_new_logs.json","verdict":"missing"}\n{"file":"connector_fetch_new_logs.json","verdict":"missing"}\n',
    ]);
    expect((await runCli(['manifests'], { cwd: place.path })).code).toBe(0);
    expect(await readFile(join(place.path, 'manifest.json'), 'utf8')).toBe(
      await readFile(join(root, 'manifest.json'), 'utf8'),
    );
  } finally {
    await place.remove();
  }
});
