import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LogEntry, type Place, type Platform, startPlatform } from '../../lib/console/platform/platform.js';
import { platformFaultPresets } from '../../lib/console/platform/platform-fault-presets.js';
import { exchange } from '../helpers/exchange.js';

let platform: Platform;
let place: Place;
let handedOn: LogEntry[];

beforeEach(async () => {
  platform = await startPlatform();
  handedOn = [];
  place = platform.open({
    secrets: { secret: 's3cret' },
    account: { account: 'acme', keyId: 'KEY', secret: 's3cret' },
    onLogs: (entries) => handedOn.push(...entries),
  });
});
afterEach(() => platform.close());

function call(address: string, method: string, body?: unknown, token = place.token): Promise<Response> {
  return fetch(address, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const line = { date: '2026-01-31T09:30:00.123456', level: 'info', message: 'Started.' } as const;

it('hands out the secrets', async () => {
  const response = await call(place.urlSecrets, 'GET');
  expect([response.status, await response.json()]).toEqual([200, { value: { secret: 's3cret' } }]);
});

it('keeps log entries in order, and hands them on', async () => {
  const second = { ...line, level: 'error', message: 'Broken.' } as const;
  expect((await call(place.urlLogs, 'POST', { logs: [line] })).status).toBe(200);
  expect((await call(place.urlLogs, 'POST', { logs: [second] })).status).toBe(200);
  expect(place.logs).toEqual([line, second]);
  expect(handedOn).toEqual([line, second]);
});

it('refuses log entries of another shape', async () => {
  expect((await call(place.urlLogs, 'POST', { logs: [{ ...line, level: 'fatal' }] })).status).toBe(400);
  expect(place.logs).toEqual([]);
});

it('keeps events that start playbook runs', async () => {
  const run = { name: 'alert', event: { a: 1 }, request_id: '5b0d6a2e-8f56-4c7e-9d0c-0f3f0f6f4a11' };
  expect((await call(place.urlCallback, 'POST', run)).status).toBe(200);
  expect((await call(place.urlCallback, 'POST', { name: 'alert' })).status).toBe(400);
  expect(place.playbookRuns).toEqual([run]);
});

it('answers a validation that runs with the account and its secrets, and keeps what it finds', async () => {
  const running = await call(place.urlCallback, 'PATCH', { status: 'running' });
  expect(await running.json()).toEqual({
    module_configuration: { value: { account: 'acme', keyId: 'KEY', secret: 's3cret' } },
  });
  const finished = { status: 'finished', results: { success: false }, error: 'Wrong secret.' } as const;
  expect((await call(place.urlCallback, 'PATCH', finished)).status).toBe(200);
  expect(place.taskStatuses).toEqual([{ status: 'running' }, finished]);
});

it('keeps places apart, by address and by token', async () => {
  const other = platform.open({ secrets: {} });
  expect((await call(other.urlSecrets, 'GET')).status).toBe(401);
  expect(await (await call(other.urlSecrets, 'GET', undefined, other.token)).json()).toEqual({ value: {} });
  platform.remove(other);
  expect((await call(other.urlSecrets, 'GET', undefined, other.token)).status).toBe(404);
});

it('answers 404 and 405 where nothing is', async () => {
  expect((await call(`${platform.url}/elsewhere`, 'GET')).status).toBe(404);
  expect((await call(place.urlSecrets, 'POST', {})).status).toBe(405);
});

describe('its faults', () => {
  const run = { name: 'alert', event: {}, request_id: '5b0d6a2e-8f56-4c7e-9d0c-0f3f0f6f4a11' };

  it.each([500, 503, 400, 404])('answer the callback with %d, and nothing else', async (status) => {
    platform.faults.set({ kind: 'status', status, times: 1 });
    expect((await call(place.urlLogs, 'POST', { logs: [line] })).status).toBe(200);
    expect((await call(place.urlCallback, 'POST', run)).status).toBe(status);
    expect(place.playbookRuns).toEqual([]);
    expect((await call(place.urlCallback, 'POST', run)).status).toBe(200);
  });

  it('strike the calls that they are set on', async () => {
    platform.faults.set({ kind: 'status', status: 500, on: 'logs' });
    platform.faults.set({ kind: 'status', status: 502, on: 'secrets' });
    expect((await call(place.urlLogs, 'POST', { logs: [line] })).status).toBe(500);
    expect((await call(place.urlSecrets, 'GET')).status).toBe(502);
    expect((await call(place.urlCallback, 'POST', run)).status).toBe(200);
  });

  it('break the connection', async () => {
    platform.faults.set({ kind: 'reset-before-headers', on: 'any' });
    expect(await exchange(place.urlSecrets)).toMatchObject({ status: undefined, end: 'ECONNRESET' });
  });

  it('each have a switch with words for a person', () => {
    expect(new Set(platformFaultPresets.map(({ id }) => id)).size).toBe(platformFaultPresets.length);
    for (const { description } of platformFaultPresets) expect(description).toMatch(/^[A-Z].*\.$/);
    expect([...new Set(platformFaultPresets.map(({ fault }) => fault.on))]).toEqual(['callback', 'logs', 'secrets']);
  });
});
