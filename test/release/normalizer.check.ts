import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { HOSTILE_FAMILIES } from '../bench/hostile-alerts.js';
import { REPORT_MEMORY, reportedMemory } from '../helpers/peak-memory.js';
import { readSamples } from '../helpers/samples.js';
import { mustRun } from './run-program.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../dist/bin/lacework-trigger.js', import.meta.url));
const BENCHMARK = 'dist/test/bench/normalizer.js';
const TEN_MINUTES = 600_000;
const GIB = 2 ** 30;
const MOST_MEMORY = 256 * 2 ** 20;
/** Prints the most memory that the process ever held, in KiB, when it ends. */

describe('The normalizer', () => {
  it(
    'has no branch that no test of its own takes',
    () => mustRun('npm', ['run', '-s', 'coverage:normalizer'], { cwd: REPOSITORY }),
    TEN_MINUTES,
  );

  it(
    'converts two gibibytes in flat memory',
    async () => {
      const { lines, memory, sent } = await normalizeBytes(2 * GIB);
      expect(lines).toBe(sent);
      expect(memory).toBeLessThan(MOST_MEMORY);
    },
    TEN_MINUTES,
  );

  it(
    'has a benchmark that prints the time of each hostile family at six sizes, and the throughput beside the floor',
    async () => {
      // What `npm run bench:normalizer` runs, but for the build: other checks read `dist` meanwhile.
      await mustRun(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/bench'], { cwd: REPOSITORY });
      const output = await mustRun(process.execPath, ['--expose-gc', BENCHMARK], { cwd: REPOSITORY });
      for (const { name } of HOSTILE_FAMILIES) {
        const perKib = numbersBehind(name, output);
        expect([name, perKib.length]).toEqual([name, 6]);
        // From 64 KiB to 1 MiB, the square of the length would take sixteen times as long per KiB.
        expect([name, (perKib[5] as number) < 10 * (perKib[3] as number)]).toEqual([name, true]);
      }
      expect(output).toMatch(/^the floor +\d+\.\d\d µs an alert/m);
      expect(output).toMatch(/^the normalizer +\d+\.\d\d µs an alert/m);
    },
    TEN_MINUTES,
  );
});

/** The numbers in the line that starts with the name. */
function numbersBehind(name: string, output: string): number[] {
  const line = output.split('\n').find((one) => one.startsWith(`${name}  `)) ?? '';
  return line.slice(name.length).trim().split(/ +/).map(Number);
}

/** Sends about that many bytes of alerts through the command. */
async function normalizeBytes(length: number): Promise<{ lines: number; memory: number; sent: number }> {
  const samples = readSamples();
  const alerts = Buffer.from(
    samples
      .map(({ message }) => `${message}\n`)
      .join('')
      .repeat(50),
  );
  const rounds = Math.ceil(length / alerts.length);
  const child = spawn(process.execPath, ['--import', REPORT_MEMORY, COMMAND, 'normalize']);
  const closed = new Promise((resolve) => child.once('close', resolve));
  const errors = child.stderr.toArray();
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
  });
  await pipeline(Readable.from(Array.from({ length: rounds }, () => alerts)), child.stdin);
  expect(await closed).toBe(0);
  return { lines, memory: reportedMemory(Buffer.concat(await errors).toString()), sent: rounds * 50 * samples.length };
}
