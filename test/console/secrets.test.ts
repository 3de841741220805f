import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ConsoleView } from '../../lib/console/api.js';
import { type ConsoleClient, openConsole } from './console-client.js';

const SECRET = '_marker-secret_';
const STORE = 'redis://:_marker-store_@127.0.0.1:1';

let client: ConsoleClient;
let intake: string;
let key: string;
let account: string;
let configuration: string;
beforeAll(async () => {
  client = await openConsole();
  ({ id: intake } = await client.ask<{ id: string }>('POST', '/api/intakes', { name: 'alerts' }));
  ({ key } = await client.ask<{ key: string }>('POST', `/api/intakes/${intake}/key`));
  const values = { account: 'acme.lacework.net', keyId: 'KEY', secret: SECRET };
  ({ id: account } = await client.ask<{ id: string }>('POST', '/api/accounts', { name: 'acme', values }));
  const form = { frequency: 60, intake_key: key, state_store: STORE };
  const body = { name: 'every minute', values: form };
  ({ id: configuration } = await client.ask<{ id: string }>('POST', '/api/configurations', body));
});
afterAll(() => client.close());

it('takes secrets, and never gives them out again', async () => {
  const { text } = await client.call('GET', '/api/console');
  for (const hidden of [SECRET, key, '_marker-store_']) expect(text).not.toContain(hidden);
  const { accounts, configurations } = JSON.parse(text) as ConsoleView;
  expect(accounts).toEqual([
    { id: account, name: 'acme', values: { account: 'acme.lacework.net', keyId: 'KEY' }, hidden: ['secret'] },
  ]);
  expect(configurations).toEqual([
    { id: configuration, name: 'every minute', values: { frequency: 60 }, hidden: ['intake_key', 'state_store'] },
  ]);
});

it('keeps a secret that was left empty when a form is saved again, and takes a new one', async () => {
  const values = { account: 'acme.fra.lacework.net', keyId: 'KEY' };
  expect((await client.call('PUT', `/api/accounts/${account}`, { name: 'acme', values })).status).toBe(200);
  const { accounts } = await client.ask<ConsoleView>('GET', '/api/console');
  expect(accounts[0]?.values['account']).toBe('acme.fra.lacework.net');
  expect(accounts[0]?.hidden).toEqual(['secret']);
});

it('says field by field what is wrong with a form, without repeating a secret', async () => {
  const values = { frequency: 0, intake_key: key, event_format: 'raw', fetch_details: true };
  const { status, text } = await client.call('POST', '/api/configurations', { name: 'x', values });
  expect(status).toBe(422);
  const { problems } = JSON.parse(text) as { problems: { field: string }[] };
  expect(problems.map(({ field }) => field)).toContain('frequency');
  expect(text).not.toContain(key);
});

it('gives an intake key to the one who asks for it, by a request that no link can make', async () => {
  expect(key).toMatch(/^[\w-]{22}$/);
  expect((await client.call('GET', `/api/intakes/${intake}/key`)).status).toBe(405);
  expect((await client.call('POST', '/api/intakes/nothing/key', {})).status).toBe(404);
});

it('keeps every file for its owner alone', () => {
  const entries = readdirSync(client.directory, { recursive: true, withFileTypes: true });
  expect(entries.map(({ name }) => name)).toContain('console.json');
  for (const entry of entries) {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
    expect([entry.name, mode]).toEqual([entry.name, entry.isDirectory() ? 0o700 : 0o600]);
  }
});
