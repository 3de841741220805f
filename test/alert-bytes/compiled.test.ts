import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

it('The compiled code is what its source becomes: otherwise run `npm run wasm`', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/compile-wasm.mjs', '--print']);
  expect(stdout).toBe(await readFile('lib/alert-bytes/wasm.ts', 'utf8'));
});
