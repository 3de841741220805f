import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ConsoleView } from '../../lib/console/api.js';
import { type ConsoleClient, openConsole } from './console-client.js';
import { entriesOf, readableByOthers } from './file-modes.js';

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
  const values = { account: 'acme.lacework.net', keyId: 'KEY' };
  const save = (body: object) => client.call('PUT', `/api/accounts/${account}`, body);
  expect((await save({ name: 'renamed', values })).status).toBe(200);
  const elsewhere = { ...values, account: 'acme.fra.lacework.net', secret: SECRET };
  expect((await save({ name: 'renamed', values: elsewhere })).status).toBe(200);
  const { accounts } = await client.ask<ConsoleView>('GET', '/api/console');
  expect(accounts[0]?.values['account']).toBe('acme.fra.lacework.net');
  expect(accounts[0]?.hidden).toEqual(['secret']);
  expect((await save({ name: 'acme', values: { ...values, secret: SECRET } })).status).toBe(200);
});

it.each([
  { account: 'http://127.0.0.1:4888', keyId: 'KEY' },
  { account: 'acme.lacework.net', keyId: 'OTHER' },
])('sends a kept secret to no other account and with no other key: %o', async (values) => {
  const asked = await client.call('POST', '/api/account-check', { id: account, values });
  const saved = await client.call('PUT', `/api/accounts/${account}`, { name: 'acme', values });
  for (const { status, text } of [asked, saved]) {
    expect(status).toBe(422);
    expect(JSON.parse(text)).toEqual({
      message: 'The form is not complete.',
      problems: [
        {
          field: 'secret',
          message: 'Enter it again: what is kept is only used with the account and keyId that it was saved with.',
        },
      ],
    });
  }
});

it('sends a kept intake key to no other server', async () => {
  const save = (values: object) =>
    client.call('PUT', `/api/configurations/${configuration}`, { name: 'every minute', values });
  const { status, text } = await save({ frequency: 60, intake_server: 'http://127.0.0.1:4888' });
  expect(status).toBe(422);
  expect((JSON.parse(text) as { problems: object[] }).problems).toEqual([
    {
      field: 'intake_key',
      message: 'Enter it again: what is kept is only used with the intake_server that it was saved with.',
    },
  ]);
  expect((await save({ frequency: 60 })).status).toBe(200);
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
  expect(entriesOf(client.directory)).toContain(join(client.directory, 'console.json'));
  expect(readableByOthers(client.directory)).toEqual([]);
});
