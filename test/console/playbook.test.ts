import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConsoleView, LogLine, PlaybookView } from '../../lib/console/api.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { readSamples } from '../helpers/samples.js';
import { waitUntil } from '../helpers/wait-until.js';
import { type ConsoleClient, openConsole } from './console-client.js';
import { entriesOf, readableByOthers } from './file-modes.js';
import { pidOf } from './trigger-process.js';

const key = { keyId: 'KEY_0123456789', secret: '_marker-secret_' };

let emulator: Emulator;
let client: ConsoleClient;
beforeEach(async () => {
  emulator = await startEmulator({ ...key, rateLimitPerHour: 10_000 });
  client = await openConsole();
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

/** Sets the playbook up as a person would, and starts it. */
async function start({ account = {}, configuration = {} } = {}): Promise<void> {
  const { id: intake } = await client.ask<{ id: string }>('POST', '/api/intakes', { name: 'alerts' });
  const { key: intakeKey } = await client.ask<{ key: string }>('POST', `/api/intakes/${intake}/key`);
  const { id: accountId } = await client.ask<{ id: string }>('POST', '/api/accounts', {
    name: 'acme',
    values: { account: emulator.url, ...key, ...account },
  });
  const { id: configurationId } = await client.ask<{ id: string }>('POST', '/api/configurations', {
    name: 'often',
    values: { frequency: 1, intake_key: intakeKey, ratelimit_per_hour: 10_000, ...configuration },
  });
  expect((await client.call('POST', '/api/playbook/choose', { accountId, configurationId })).status).toBe(200);
  expect((await client.call('POST', '/api/playbook/start', {})).status).toBe(200);
}

function addSample(at = Date.now() - 60_000): void {
  const startTime = new Date(at).toISOString();
  emulator.add((readSamples()[1]?.message ?? '').replace(/"startTime": "[^"]*"/, `"startTime": "${startTime}"`));
}

const view = () => client.ask<ConsoleView>('GET', '/api/console');
const playbook = async (): Promise<PlaybookView> => (await view()).playbook;
const logs = async () =>
  (await client.ask<{ lines: LogLine[] }>('GET', '/api/logs?levels=debug,info,warning,error,critical')).lines;

describe('the playbook', () => {
  it('in a demo says nothing of a volume for what is to be forgotten', async () => {
    await client.close();
    client = await openConsole({ demo: { emulator, alerts: {}, view: { account: {} } } });
    await start();
    await waitUntil('the trigger has started', async () =>
      (await logs()).some(({ message }) => message.startsWith('Started: ')),
    );
    expect((await logs()).filter(({ level }) => level === 'warning')).toEqual([]);
  });

  it('runs the real trigger, and shows what it does and what arrives', async () => {
    addSample();
    await start();
    await waitUntil('an event has arrived', async () => (await view()).events.kept === 1);
    await waitUntil('the poll is told', async () => (await playbook()).lastPoll !== undefined);
    expect((await view()).intakes[0]?.events).toBe(1);
    await waitUntil('the log has arrived', async () =>
      (await logs()).some(({ message, from }) => from === 'trigger' && message.includes('1 forwarded')),
    );
    expect((await client.call('POST', '/api/playbook/choose', { accountId: 'x' })).status).toBe(409);
    // The trigger's values and its state, the events and the log.
    const kept = ['console.json', 'events-000000000000.ndjson', 'trigger-log.ndjson', 'token', 'state'];
    expect(entriesOf(client.directory).map((path) => basename(path))).toEqual(expect.arrayContaining(kept));
    expect(readableByOthers(client.directory)).toEqual([]);
    await client.ask('POST', '/api/playbook/stop');
    expect((await playbook()).state).toEqual({ kind: 'stopped' });
  });

  it('that is started too early names what is missing, in the order of the steps', async () => {
    const refusal = async () => JSON.parse((await client.call('POST', '/api/playbook/start', {})).text).message;
    expect(await refusal()).toBe('Create an intake first.');
    await client.ask('POST', '/api/intakes', { name: 'alerts' });
    expect(await refusal()).toBe('Choose an account first.');
  });

  it('starts a trigger again that was killed, and delivers nothing twice', async () => {
    addSample();
    await start();
    await waitUntil('an event has arrived', async () => (await view()).events.kept === 1);
    await waitUntil('the poll is complete', async () => (await playbook()).lastPoll !== undefined);
    process.kill(await pidOf(client.directory), 'SIGKILL');
    await waitUntil('the console says so', async () =>
      (await logs()).some(
        ({ from, message }) =>
          from === 'console' &&
          message === "The trigger's process ended by itself (SIGKILL). It is started again in 1 s.",
      ),
    );
    await waitUntil('it goes on where it was', async () =>
      (await logs()).some(({ message }) => message.includes('1 delivered alert is remembered')),
    );
    await delay(1500);
    expect((await view()).events.kept).toBe(1);
  });

  it('says when a form was edited since the start, and starts the trigger again with what it says now', async () => {
    addSample();
    await start();
    await waitUntil('the poll is complete', async () => (await playbook()).lastPoll !== undefined);
    expect((await playbook()).changedSinceStart).toBe(false);
    const [account] = (await view()).accounts;
    const save = (name: string, values: object) =>
      client.call('PUT', `/api/accounts/${account?.id}`, { name, values: { ...account?.values, ...values } });
    expect((await save('renamed', {})).status).toBe(200);
    expect((await playbook()).changedSinceStart).toBe(false);
    expect((await save('renamed', { secret: 'wrong' })).status).toBe(200);
    expect((await playbook()).changedSinceStart).toBe(true);
    process.kill(await pidOf(client.directory), 'SIGKILL');
    await waitUntil('it has failed', async () => (await playbook()).state.kind === 'failed');
    await waitUntil('its process is gone', async () => !(await playbook()).changedSinceStart);
  });

  it('stops a trigger that can not go on, and says why', async () => {
    await start({ account: { secret: 'wrong' } });
    await waitUntil('it has failed', async () => (await playbook()).state.kind === 'failed');
    expect((await playbook()).state).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('refuses the API key'),
    });
    await waitUntil('its process is gone', async () => (await pidOf(client.directory).catch(() => 0)) === 0);
    expect(await logs()).toContainEqual(expect.objectContaining({ level: 'critical' }));
  });

  it('goes on by itself with the next console, in the same state', async () => {
    addSample();
    await start();
    await waitUntil('an event has arrived', async () => (await view()).events.kept === 1);
    await client.running.close();
    const next = await openConsole({ directory: client.directory });
    const first = client;
    client = next;
    try {
      await waitUntil('it goes on where it was', async () =>
        (await logs()).some(({ message }) => message.includes('1 delivered alert is remembered')),
      );
      expect((await view()).events.kept).toBe(1);
    } finally {
      await next.close();
      client = first;
    }
  });
});

describe('the account check', () => {
  const check = (secret: string) =>
    client.ask<unknown>('POST', '/api/account-check', { values: { account: emulator.url, keyId: key.keyId, secret } });

  it('is the one that the platform runs', async () => {
    expect(await check(key.secret)).toEqual({ success: true });
    expect(await check('wrong')).toEqual({ success: false, error: expect.stringContaining('refuses the API key') });
  });

  it('says what is missing before it asks anybody', async () => {
    const { status } = await client.call('POST', '/api/account-check', { values: { account: 'acme' } });
    expect(status).toBe(422);
    expect(emulator.calls).toEqual([]);
  });
});
