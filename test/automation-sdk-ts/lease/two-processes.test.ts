import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { waitUntil } from '../../helpers/wait-until.js';

const holder = fileURLToPath(new URL('../processes/hold-lease-until-killed.mjs', import.meta.url));

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
const running = new Set<ReturnType<typeof start>>();
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(async () => {
  for (const each of running) await each.end('SIGKILL');
  running.clear();
  await directory.remove();
});

/** A process that holds the lease of the directory, or waits for it. */
function start(ttlMs: number) {
  const child = spawn(process.execPath, [holder, directory.path, String(ttlMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => lines.push(...text.trimEnd().split('\n')));
  const exit = once(child, 'exit');
  const process_ = {
    lines,
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      await exit;
    },
  };
  running.add(process_);
  return process_;
}

const said = (each: ReturnType<typeof start>, line: string) => waitUntil(line, () => each.lines.includes(line));

describe('two processes with one identity', () => {
  it('work one after the other: the second waits, says so, and takes over when the first is stopped', async () => {
    const first = start(30_000);
    await said(first, 'held');
    const second = start(1_000);
    await said(second, 'waiting');
    expect(second.lines).toEqual(['waiting']);
    await first.end('SIGTERM');
    await said(second, 'held');
    expect(second.lines).toEqual(['waiting', 'held']);
  });

  it('go on without the first within seconds after kill -9, although its lease has not run out', async () => {
    const first = start(30_000);
    await said(first, 'held');
    const second = start(1_000);
    await said(second, 'waiting');
    await first.end('SIGKILL');
    await said(second, 'held');
  });

  it('do not both work when the first is frozen: it has lost its lease before anything else when it wakes up', async () => {
    const first = start(1_000);
    await said(first, 'held');
    const second = start(1_000);
    await said(second, 'waiting');
    first.signal('SIGSTOP');
    await said(second, 'held');
    first.signal('SIGCONT');
    await said(first, 'LeaseLostError');
    expect(first.lines).toEqual(['held', 'LeaseLostError']);
    expect(second.lines).toEqual(['waiting', 'held']);
  });
});
