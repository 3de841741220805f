import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reportCounts } from '../../lib/cli/demo-counts.js';
import { runDemo } from '../../lib/cli/run-demo.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { waitUntil } from '../helpers/wait-until.js';

const demo = fileURLToPath(new URL('../../dist/lib/cli/demo.js', import.meta.url));

let temporary: Awaited<ReturnType<typeof temporaryDirectory>>;
let output: string;

beforeEach(async () => {
  temporary = await temporaryDirectory();
  output = '';
});
afterEach(() => temporary.remove());

function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [demo, ...args], {
    env: { PATH: process.env['PATH'], TMPDIR: temporary.path, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return child;
}

describe('npm run demo', () => {
  it('ends after the first complete poll with --once, and shows each event and the counts', async () => {
    // As in a container, where a directory of the demo is on no volume.
    const [code] = await once(start(['--once'], { KUBERNETES_SERVICE_HOST: '10.0.0.1' }), 'close');
    // The first of the documentation's alerts is without derivedFields; nothing else is worth a warning.
    expect(output.match(/ warning .*/g)).toEqual([
      ' warning   1 alert is odd: derivedFields is missing. What could be read is forwarded.',
    ]);
    expect(output).toContain('16 events accepted by the intake');
    expect(output).toMatch(/ {2}polled {7}16\n {2}normalized {3}16\n {2}forwarded {4}16\n$/);
    expect(output.match(/^ {2}\d{4}-\d\d-\d\d \d\d:00 {2}\w+/gm)).toHaveLength(16);
    expect(output).toMatch(/High {6}CloudActivityLogIngestionFailed .*\{object\}/);
    expect(output).toMatch(/Info {6}UsageOfRootAccount .*0123456789 .*0123456789 .* 96\n/);
    expect(output).toMatch(/TRIGGER LOG\n {2}\S+ {2}info {6}Started: /);
    expect(output).toMatch(/info {6}Stopped; 16 events forwarded/);
    expect(code).toBe(0);
  });

  it('writes no colours where no terminal is, and leaves no file behind', async () => {
    await once(start(['--once'], { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' }), 'close');
    expect(output).toContain('Complete');
    expect(output).not.toContain('\u001b');
    expect(readdirSync(temporary.path)).toEqual([]);
  });

  it('goes on until Ctrl-C, and then stops all that it started', async () => {
    const child = start(['--terminal']);
    await waitUntil('the first events are shown', () => output.includes('16 events accepted by the intake'));
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(output).toMatch(/Stopped\. \d+ events forwarded; nothing is left behind\.\n$/);
    expect(code).toBe(0);
    expect(readdirSync(temporary.path)).toEqual([]);
  });

  it('says so, and fails, when the trigger ends by itself', async () => {
    const lines: string[] = [];
    const code = await runDemo({
      once: true,
      signal: new AbortController().signal,
      print: (line) => lines.push(line),
      paint: (_, text) => text,
      width: 120,
      // The trigger's process alone reads it.
      environment: { PATH: process.env['PATH'], NODE_OPTIONS: '--require=/no/such/file.cjs' },
    });
    expect(lines.join('\n')).toContain("Cannot find module '/no/such/file.cjs'");
    expect(lines.at(-1)).toBe('  The trigger ended by itself.');
    expect(code).toBe(1);
  });
});

describe('the counts', () => {
  const run = (polled: number, normalized: number, forwarded: number) => {
    const lines: string[] = [];
    const code = reportCounts(
      { polled, normalized, forwarded },
      { print: (line) => lines.push(line), paint: (_, text) => text },
    );
    return { code, verdict: lines[1] };
  };

  it.each([
    [3, 3, 2],
    [3, 2, 3],
    [2, 3, 3],
  ])('fail when %d alerts became %d events, of which %d were forwarded', (...counts) => {
    expect(run(...counts)).toEqual({ code: 1, verdict: '  Incomplete: the counts differ' });
  });

  it('pass when they are the same', () => {
    expect(run(3, 3, 3)).toEqual({ code: 0, verdict: '  Complete' });
  });
});
