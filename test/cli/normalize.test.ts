import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REPORT_MEMORY, reportedMemory } from '../helpers/peak-memory.js';

const COMMAND = fileURLToPath(new URL('../../dist/bin/lacework-trigger.js', import.meta.url));
const SAMPLES = new URL('../fixtures/samples/', import.meta.url);
const MIB = 2 ** 20;
/** Prints the most memory that the process ever held, in KiB, when it ends. */

const samples = readdirSync(SAMPLES).map((file) => JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')));
const alerts = samples.map(({ message }) => `${message}\n`).join('');
const events = samples.map((event) => `${JSON.stringify(event)}\n`).join('');

const FIRST_SAMPLE_IS_ODD = 'warning: 1 alert: derivedFields is missing.\n';

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

describe('lacework-trigger normalize', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'normalize-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('turns the alerts of the standard input into events, in order', async () => {
    expect(await run([], alerts)).toEqual({ code: 0, output: events, errors: FIRST_SAMPLE_IS_ODD });
  });

  it('turns the alerts of a file into events', async () => {
    const file = join(directory, 'alerts.ndjson');
    writeFileSync(file, alerts);
    expect(await run([file], '')).toEqual({ code: 0, output: events, errors: FIRST_SAMPLE_IS_ODD });
  });

  it('takes the profile that it is told', async () => {
    const { output } = await run(['--profile', '2025-08'], `${samples[2].message}\n`);
    expect(JSON.parse(output).user).toEqual({
      id: '3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      name: 'AROAUR6F6MOZQBRKBX6RG',
    });
  });

  it('refuses a profile that there is not', async () => {
    const { code, output, errors } = await run(['--profile', '2023'], alerts);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain('Allowed choices are 2024-02, 2025-08.');
  });

  it('names a bad line by its number, converts the rest, and ends with exit code 1', async () => {
    const [first, second] = samples;
    const input = `${first.message}\r\n{"alertId":\n\n  \n"not an object"\n${second.message}`;
    expect(await run([], `\ufeff${input}`)).toEqual({
      code: 1,
      output: `${JSON.stringify(first)}\n{"message":"\\"not an object\\""}\n${JSON.stringify(second)}\n`,
      errors: `error: Line 2 is not JSON.\n${FIRST_SAMPLE_IS_ODD}warning: 1 alert: the alert is not an object.\n`,
    });
  });

  it('reads over lines of the white space that JSON knows, and no others', async () => {
    const input = `${['\ufeff \t\r', '\t \r', '\u00a0', ' \ufeff', '\u2028', '\v\f', ''].join('\n')}\n${samples[0].message}\n`;
    expect(await run([], input)).toEqual({
      code: 1,
      output: `${JSON.stringify(samples[0])}\n`,
      errors: [3, 4, 5, 6].map((line) => `error: Line ${line} is not JSON.\n`).join('') + FIRST_SAMPLE_IS_ODD,
    });
  });

  it('counts what was odd about alerts, each kind once', async () => {
    const odd = samples[0].message.replace('"High"', '5').replace('"2022-06-30T00:00:00.000Z"', '"soon"');
    expect((await run([], `${odd}\n${odd}\n`)).errors).toBe(
      ['startTime is not a time', 'severity is not text', 'derivedFields is missing']
        .map((oddity) => `warning: 2 alerts: ${oddity}.\n`)
        .join(''),
    );
  });

  it('gives an alert whose start cannot be read no time: it knows none of its collection', async () => {
    const { output } = await run([], samples[0].message.replace('"2022-06-30T00:00:00.000Z"', '"soon"'));
    const { '@timestamp': timestamp, event } = JSON.parse(output);
    expect({ timestamp, event }).toEqual({ timestamp: undefined, event: withoutStart(samples[0].event) });
  });

  it('keeps the digits of an identifier, and replaces and names bytes that are not UTF-8', async () => {
    const input = Buffer.from(
      samples[0].message.replace('813628', '9007199254740993').replace('"High"', '"H\u00ffgh"'),
      'latin1',
    );
    const { code, output, errors } = await run([], input);
    expect(code).toBe(0);
    expect(output).toContain('"id":9007199254740993,');
    expect(JSON.parse(output).lacework.cloud_security.alert.severity).toBe('H\ufffdgh');
    expect(errors).toBe(
      `${FIRST_SAMPLE_IS_ODD}warning: 1 alert: some bytes are not UTF-8, and U+FFFD stands in their place.\n`,
    );
  });

  it('says what it has to say as JSON with --json', async () => {
    const { code, output, errors } = await run(['--json'], `{"alertId":\n5\n`);
    expect([code, output]).toEqual([1, '{"message":"5"}\n']);
    expect(
      errors
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { level: 'error', code: 'line_left_out', message: 'Line 1 is not JSON.' },
      { level: 'warning', code: 'odd_alerts', message: '1 alert: the alert is not an object.' },
    ]);
  });

  it('ends when it is interrupted', async () => {
    const child = start([]);
    child.stdin.write(alerts);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    expect(await closed(child)).toBe(130);
  });

  it('says that a file cannot be read, with exit code 2', async () => {
    const { code, output, errors } = await run([join(directory, 'none')], '');
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(/^error: The alerts can't be read: ENOENT: .*\.\n$/);
  });

  it('ends quietly when nobody reads its events any more', async () => {
    const child = start([]);
    child.stdout.once('data', () => child.stdout.destroy());
    const fed = pipeline(Readable.from(repeated(alerts, 64 * MIB)), child.stdin).catch(() => 'refused');
    const errors = text(child.stderr);
    expect(await closed(child)).toBe(0);
    expect(await errors).toBe('');
    expect(await fed).toBe('refused');
  });

  it('reads over a line that is too long to be held', async () => {
    const input = Readable.from([`${samples[1].message}\n`, ...repeated('x', 65 * MIB), `\n${samples[2].message}\n`]);
    expect(await run([], input)).toEqual({
      code: 1,
      output: `${JSON.stringify(samples[1])}\n${JSON.stringify(samples[2])}\n`,
      errors: 'error: Line 2 is longer than 64 MiB.\n',
    });
  });

  it('holds no more memory for a long input than for a short one', async () => {
    const short = await memoryFor(24 * MIB);
    const long = await memoryFor(72 * MIB);
    // What grew with the input would have grown by 48 MiB at least.
    expect(long - short).toBeLessThan(40 * MIB);
  }, 120_000);
});

function withoutStart({ start: _, ...event }: Record<string, unknown>): Record<string, unknown> {
  return event;
}

/** The most bytes that the command held while it normalized that many bytes of alerts. */
async function memoryFor(length: number): Promise<number> {
  const child = start([], ['--import', REPORT_MEMORY]);
  child.stdout.resume();
  const errors = text(child.stderr);
  await pipeline(Readable.from(repeated(alerts, length)), child.stdin);
  expect(await closed(child)).toBe(0);
  return reportedMemory(await errors);
}

async function run(given: string[], input: string | Buffer | Readable): Promise<Outcome> {
  const child = start(given);
  const output = text(child.stdout);
  const errors = text(child.stderr);
  // A command that ends at once does not read its input.
  pipeline(input instanceof Readable ? input : Readable.from([Buffer.from(input as string)]), child.stdin).catch(
    () => {},
  );
  return { code: await closed(child), output: await output, errors: await errors };
}

function start(given: string[], nodeOptions: string[] = []): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [...nodeOptions, COMMAND, 'normalize', ...given]);
}

function closed(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}

async function text(stream: Readable): Promise<string> {
  return Buffer.concat(await stream.toArray()).toString('utf8');
}

/** Copies of the text in chunks, of about that many bytes together. */
function* repeated(piece: string, length: number): Generator<Buffer> {
  const chunk = Buffer.from(piece.repeat(Math.ceil((256 * 1024) / piece.length)));
  for (let sent = 0; sent < length; sent += chunk.length) yield chunk;
}
