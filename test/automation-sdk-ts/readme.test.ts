import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { waitUntil } from '../helpers/wait-until.js';
import { type ModuleProcess, startModuleProcess } from './module-process.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(read('../../lib/automation-sdk-ts/README.md')) ?? [];

describe("the README's connector", () => {
  // Beside the tests, as only there its imports are found.
  const entryPoint = fileURLToPath(new URL('./readme-example.generated.mjs', import.meta.url));
  let platform: PlatformServer;
  let module: ModuleProcess | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    platform.answers['/secrets'] = { value: { apiKey: 'weather-api-key' } };
    const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext };
    await writeFile(entryPoint, ts.transpile(example, options));
  });

  afterEach(async () => {
    module?.child.kill('SIGKILL');
    await module?.ended;
    await platform.close();
    await rm(entryPoint, { force: true });
  });

  it('has 20 lines, the same as those that the compiler checks with the tests', () => {
    expect(example).toBe(read('./readme-example.ts'));
    expect(example.trimEnd().split('\n')).toHaveLength(20);
  });

  it('runs as a process, logs its polls and stops', async () => {
    const configuration = { CONNECTOR_CONFIGURATION: '{"intake_key":"weather-intake-key","frequency":1}' };
    module = await startModuleProcess(platform, 'fetch_reports', configuration, entryPoint);
    await waitUntil('two polls', () => module?.output().includes('Poll 2 ') ?? false);
    module.child.kill('SIGTERM');
    expect(await module.ended).toBe(0);
    const polls = platform.logLines().filter(({ level }) => level === 'info');
    expect(polls.slice(0, 2).map(({ message }) => message)).toEqual([
      'Poll 1 of api.example.com.',
      'Poll 2 of api.example.com.',
    ]);
  });
});
