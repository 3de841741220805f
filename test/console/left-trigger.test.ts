import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { ConsoleView, LogLine } from '../../lib/console/api.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { readSamples } from '../helpers/samples.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { waitUntil } from '../helpers/wait-until.js';
import { pidOf } from './trigger-process.js';

const program = fileURLToPath(new URL('../../dist/bin/lacework-trigger.js', import.meta.url));
const key = { keyId: 'KEY', secret: '_marker-secret_' };

let temporary: Awaited<ReturnType<typeof temporaryDirectory>>;
let emulator: Emulator;
let url: string;
let children: ChildProcess[];
beforeEach(async () => {
  temporary = await temporaryDirectory();
  children = [];
  emulator = await startEmulator({ ...key, rateLimitPerHour: 10_000 });
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  // What a failure leaves behind must not outlive the test.
  const left = await pidOf(temporary.path).catch(() => undefined);
  if (left !== undefined) process.kill(left, 'SIGKILL');
  await emulator.close();
  await temporary.remove();
});

async function openConsole(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, 'console', '--directory', temporary.path, '--port', '0'], {
    env: { PATH: process.env['PATH'], HOME: temporary.path },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await waitUntil('the address is printed', () => /http:\S+\//.test(output));
  url = /(http:\S+)\//.exec(output)?.[1] ?? '';
  return child;
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = { Origin: url, 'Content-Type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return (await (await fetch(url + path, { method, headers, ...sent })).json()) as T;
}

const view = () => ask<ConsoleView>('GET', '/api/console');
const logs = async () =>
  (await ask<{ lines: LogLine[] }>('GET', '/api/logs?levels=debug,info,warning,error,critical')).lines;

/** Sets the playbook up as a person would. */
async function setUpPlaybook(): Promise<void> {
  emulator.add(
    (readSamples()[1]?.message ?? '').replace(/"startTime": "[^"]*"/, `"startTime": "${new Date().toISOString()}"`),
  );
  const { id: intake } = await ask<{ id: string }>('POST', '/api/intakes', { name: 'alerts' });
  const { key: intakeKey } = await ask<{ key: string }>('POST', `/api/intakes/${intake}/key`, {});
  const account = { name: 'acme', values: { account: emulator.url, ...key } };
  const { id: accountId } = await ask<{ id: string }>('POST', '/api/accounts', account);
  const configuration = { name: 'often', values: { frequency: 1, intake_key: intakeKey, ratelimit_per_hour: 10_000 } };
  const { id: configurationId } = await ask<{ id: string }>('POST', '/api/configurations', configuration);
  await ask('POST', '/api/playbook/choose', { accountId, configurationId });
}

async function startPlaybook(): Promise<void> {
  await setUpPlaybook();
  await ask('POST', '/api/playbook/start', {});
  await polls();
}

const polls = () => waitUntil('the poll is complete', async () => (await view()).playbook.lastPoll !== undefined);

async function isGone(pid: number): Promise<boolean> {
  return (await pidOf(temporary.path).catch(() => 0)) !== pid;
}

it('a console that is killed takes its trigger along, and the next one goes on where it was', async () => {
  const killed = await openConsole();
  await startPlaybook();
  const left = await pidOf(temporary.path);
  killed.kill('SIGKILL');
  await once(killed, 'close');

  const next = await openConsole();
  await waitUntil('the trigger of the killed console is gone', () => isGone(left));
  await polls();
  expect((await logs()).filter(({ message }) => message.includes('ended by itself'))).toEqual([]);
  expect((await view()).events.kept).toBe(1);

  const second = await pidOf(temporary.path);
  next.kill('SIGTERM');
  expect(await once(next, 'close')).toEqual([0, null]);
  expect(await isGone(second)).toBe(true);
}, 40_000);

it.each([0, 40, 160, 640])(
  'so does one that is killed %i ms after its trigger was started',
  async (ms) => {
    const killed = await openConsole();
    await setUpPlaybook();
    void ask('POST', '/api/playbook/start', {}).catch(() => undefined);
    let started: number | undefined;
    await waitUntil('the trigger is there', async () => {
      started = await pidOf(temporary.path).catch(() => undefined);
      return started !== undefined;
    });
    await delay(ms);
    killed.kill('SIGKILL');
    await waitUntil('its trigger is gone', () => isGone(started as number));
  },
  40_000,
);

it('leaves nothing behind when its terminal closes, which says so more than once', async () => {
  const child = await openConsole();
  await startPlaybook();
  const pid = await pidOf(temporary.path);
  child.kill('SIGHUP');
  child.kill('SIGHUP');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(await isGone(pid)).toBe(true);
});
