import { afterEach, describe, expect, it } from '@jest/globals';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator/emulator.js';
import { logIn, requestToken } from '../helpers/bare-client.js';
import { readSamples } from '../helpers/samples.js';

const key = { keyId: 'KEY', secret: '_secret' };
const HOUR = 3_600_000;
const start = Date.parse('2026-01-31T09:30:00.000Z');

let emulator: Emulator;
let now = start;

async function begin(options: Partial<EmulatorOptions> = {}) {
  now = start;
  emulator = await startEmulator({ ...key, now: () => now, ...options });
  return emulator;
}

afterEach(() => emulator.close());

function alertAt(time: number, id: number, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    alertId: id,
    startTime: new Date(time).toISOString(),
    severity: 'Low',
    status: 'Open',
    ...more,
  });
}

describe('tokens', () => {
  it('are made for the right key, and live as long as asked for', async () => {
    await begin();
    const response = await requestToken(emulator, { ...key, expiryTime: 60 });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ token: expect.any(String), expiresAt: '2026-01-31T09:31:00.000Z' });
  });

  it('live no longer than the emulator allows', async () => {
    await begin({ tokenSeconds: 10 });
    const response = await requestToken(emulator, key);
    expect(await response.json()).toMatchObject({ expiresAt: '2026-01-31T09:30:10.000Z' });
  });

  it('are refused for a wrong secret, a wrong key id and an unreadable body', async () => {
    await begin();
    expect((await requestToken(emulator, { ...key, secret: 'other' })).status).toBe(401);
    expect((await requestToken(emulator, { ...key, keyId: 'other' })).status).toBe(401);
    const unreadable = await fetch(`${emulator.url}/api/v2/access/tokens`, { method: 'POST', body: '{' });
    expect(unreadable.status).toBe(400);
  });

  it('are good until they expire', async () => {
    await begin();
    const client = await logIn(emulator, key);
    now += HOUR - 1;
    expect((await client.list(now - HOUR, now)).status).toBe(204);
    now += 1;
    expect((await client.list(now - HOUR, now)).status).toBe(401);
    await client.login();
    expect((await client.list(now - HOUR, now)).status).toBe(204);
    emulator.expireTokens();
    expect((await client.list(now - HOUR, now)).status).toBe(401);
  });
});

describe('the list', () => {
  it('answers every byte of an alert as it was given', async () => {
    await begin();
    const texts = readSamples().map(({ message }) => message);
    for (const text of texts) emulator.add(text, { startTime: now - HOUR });
    const client = await logIn(emulator, key);
    const body = await (await client.list(now - 2 * HOUR, now)).text();
    expect(body).toBe(`{"paging":{"rows":7,"totalRows":7,"urls":{"nextPage":null}},"data":[${texts.join(',')}]}`);
  });

  it('filters on startTime, its first end included and its last not', async () => {
    await begin();
    [-3, -2, -1].forEach((hours, id) => void emulator.add(alertAt(now + hours * HOUR, id)));
    const client = await logIn(emulator, key);
    const [page] = await client.readPages(now - 3 * HOUR, now - HOUR);
    expect(page?.data.map(({ alertId }) => alertId)).toEqual([0, 1]);
  });

  it('answers the last 24 hours when no time is given', async () => {
    await begin();
    [-25, -23, -1].forEach((hours, id) => void emulator.add(alertAt(now + hours * HOUR, id)));
    const client = await logIn(emulator, key);
    const page = (await (await client.call('/api/v2/Alerts')).json()) as { data: { alertId: number }[] };
    expect(page.data.map(({ alertId }) => alertId)).toEqual([1, 2]);
  });

  it('refuses more than 7 days, more than 92 days back, ends in the wrong order, and no time at all', async () => {
    await begin();
    const client = await logIn(emulator, key);
    const status = async (from: number, to: number) => (await client.list(from, to)).status;
    const DAY = 24 * HOUR;
    expect(await status(now - 7 * DAY, now)).toBe(204);
    expect(await status(now - 7 * DAY - 1, now)).toBe(400);
    expect(await status(now - 92 * DAY, now - 91 * DAY)).toBe(204);
    expect(await status(now - 92 * DAY - 1, now - 91 * DAY)).toBe(400);
    expect(await status(now, now)).toBe(400);
    expect((await client.call('/api/v2/Alerts?startTime=yesterday&endTime=today')).status).toBe(400);
    expect((await client.call('/api/v2/Alerts?startTime=2026-01-31T09:00:00Z')).status).toBe(400);
  });

  it('comes in pages of a settable size that name the next one', async () => {
    await begin({ pageSize: 2 });
    for (let id = 0; id < 5; id += 1) emulator.add(alertAt(now - HOUR + id, id));
    const client = await logIn(emulator, key);
    const pages = await client.readPages(now - HOUR, now);
    expect(pages.map(({ data }) => data.map(({ alertId }) => alertId))).toEqual([[0, 1], [2, 3], [4]]);
    expect(pages.map(({ paging }) => [paging?.rows, paging?.totalRows])).toEqual([
      [2, 5],
      [2, 5],
      [1, 5],
    ]);
    expect(emulator.calls.map(({ called, page, status }) => [called, page, status])).toEqual([
      ['token', undefined, 201],
      ['list', 1, 200],
      ['list', 2, 200],
      ['list', 3, 200],
    ]);
  });

  it('comes in any order that is asked for', async () => {
    await begin();
    for (let id = 0; id < 6; id += 1) emulator.add(alertAt(now - HOUR + id, id));
    const client = await logIn(emulator, key);
    const ids = async () => (await client.readPages(now - HOUR, now))[0]?.data.map(({ alertId }) => alertId);
    emulator.settings.order = 'descending';
    expect(await ids()).toEqual([5, 4, 3, 2, 1, 0]);
    emulator.settings.order = { shuffled: 7 };
    const shuffled = await ids();
    expect(shuffled).not.toEqual([0, 1, 2, 3, 4, 5]);
    expect([...(shuffled ?? [])].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await ids()).toEqual(shuffled);
  });

  it('says that nothing was found in each of the ways that were seen', async () => {
    await begin();
    const client = await logIn(emulator, key);
    const empty = await client.list(now - HOUR, now);
    expect([empty.status, await empty.text()]).toEqual([204, '']);
    emulator.settings.whenNothing = 'empty-object';
    expect(await (await client.list(now - HOUR, now)).text()).toBe('{}');
    emulator.settings.whenNothing = 'empty-data';
    expect(await (await client.list(now - HOUR, now)).text()).toBe('{"data":[]}');
  });

  it('shows an alert from its time on, however old its startTime', async () => {
    await begin();
    emulator.add(alertAt(now - 5 * HOUR, 1), { visibleAt: now + 1000 });
    const client = await logIn(emulator, key);
    expect((await client.list(now - 6 * HOUR, now)).status).toBe(204);
    now += 1000;
    expect((await client.readPages(now - 6 * HOUR, now))[0]?.data).toHaveLength(1);
  });

  it('shows the changes of an alert, and leaves every other byte', async () => {
    await begin();
    const [, sample] = readSamples();
    emulator.add(sample?.message ?? '', { startTime: now - HOUR });
    emulator.change(205, { status: 'Closed', description: 'said "so"' });
    const client = await logIn(emulator, key);
    const body = await (await client.list(now - 2 * HOUR, now)).text();
    const changed = sample?.message
      .replace('"status": "Open"', '"status": "Closed"')
      .replace(/"description": "[^"]*"/, '"description": "said \\"so\\""');
    expect(body).toContain(`"data":[${changed}]}`);
    emulator.remove(205);
    expect((await client.list(now - 2 * HOUR, now)).status).toBe(204);
    expect(() => emulator.change(205, { status: 'Open' })).toThrow('No alert has the id 205.');
  });

  it('answers the alerts of the account that the headers name', async () => {
    await begin();
    emulator.add(alertAt(now - HOUR, 1));
    emulator.add(alertAt(now - HOUR, 2), { subAccount: 'Branch' });
    const client = await logIn(emulator, key);
    const ids = async (headers: Record<string, string>) => {
      const page = (await (await client.call('/api/v2/Alerts', { headers })).json()) as { data: { alertId: number }[] };
      return page.data.map(({ alertId }) => alertId);
    };
    expect(await ids({})).toEqual([1]);
    expect(await ids({ 'Account-Name': 'BRANCH' })).toEqual([2]);
    expect(await ids({ 'Org-Access': 'true' })).toEqual([1, 2]);
    expect(emulator.calls.slice(1).map(({ accountName, orgAccess }) => [accountName, orgAccess])).toEqual([
      [undefined, undefined],
      ['BRANCH', undefined],
      [undefined, 'true'],
    ]);
  });
});

describe('a search', () => {
  const times = { startTime: new Date(start - HOUR).toISOString(), endTime: new Date(start).toISOString() };

  async function search(...filters: object[]) {
    const client = await logIn(emulator, key);
    const response = await client.call('/api/v2/Alerts/search', {
      method: 'POST',
      body: JSON.stringify({ timeFilter: times, filters }),
    });
    if (response.status !== 200) return response.status;
    return ((await response.json()) as { data: { alertId: number }[] }).data.map(({ alertId }) => alertId);
  }

  it('knows every expression', async () => {
    await begin();
    emulator.add(alertAt(now - HOUR, 1, { severity: 'High', alertType: 'NewUser' }));
    emulator.add(alertAt(now - HOUR, 2, { severity: 'Low', alertType: 'NewRegion' }));
    emulator.add(alertAt(now - HOUR, 3, { severity: 'Info', alertType: 'ChangedFile' }));
    const on = (field: string, expression: string, operand: object) => search({ field, expression, ...operand });
    expect(await on('severity', 'eq', { value: 'High' })).toEqual([1]);
    expect(await on('severity', 'ne', { value: 'High' })).toEqual([2, 3]);
    expect(await on('severity', 'in', { values: ['High', 'Low'] })).toEqual([1, 2]);
    expect(await on('severity', 'not_in', { values: ['High', 'Low'] })).toEqual([3]);
    expect(await on('alertType', 'like', { value: 'New%' })).toEqual([1, 2]);
    expect(await on('alertType', 'like', { value: 'new%' })).toBe(204);
    expect(await on('alertType', 'ilike', { value: 'new_ser' })).toEqual([1]);
    expect(await on('alertType', 'not_like', { value: 'New%' })).toEqual([3]);
    expect(await on('alertType', 'not_ilike', { value: '%FILE' })).toEqual([1, 2]);
    expect(await on('alertType', 'rlike', { value: '^New(User|Group)$' })).toEqual([1]);
    expect(await on('alertId', 'gt', { value: 1 })).toEqual([2, 3]);
    expect(await on('alertId', 'ge', { value: 2 })).toEqual([2, 3]);
    expect(await on('alertId', 'lt', { value: 2 })).toEqual([1]);
    expect(await on('alertId', 'le', { value: 2 })).toEqual([1, 2]);
    expect(await on('alertId', 'between', { values: [2, 3] })).toEqual([2, 3]);
    expect(
      await search(
        { field: 'severity', expression: 'eq', value: 'Low' },
        { field: 'alertId', expression: 'gt', value: 2 },
      ),
    ).toBe(204);
    expect(await search()).toEqual([1, 2, 3]);
  });

  it('is refused for an unknown field, an unknown expression, a missing operand and no JSON', async () => {
    await begin({ searchableFields: ['severity'] });
    expect(await search({ field: 'alertType', expression: 'eq', value: 'NewUser' })).toBe(400);
    expect(await search({ field: 'severity', expression: 'is', value: 'Low' })).toBe(400);
    expect(await search({ field: 'severity', expression: 'toString', value: 'Low' })).toBe(400);
    expect(await search({ field: 'severity', expression: 'in', value: 'Low' })).toBe(400);
    const client = await logIn(emulator, key);
    expect((await client.call('/api/v2/Alerts/search', { method: 'POST', body: '{' })).status).toBe(400);
  });

  it('is followed page by page with GET', async () => {
    await begin({ pageSize: 1 });
    emulator.add(alertAt(now - HOUR, 1));
    emulator.add(alertAt(now - HOUR, 2));
    const client = await logIn(emulator, key);
    const first = await client.call('/api/v2/Alerts/search', {
      method: 'POST',
      body: JSON.stringify({ timeFilter: times, filters: [{ field: 'severity', expression: 'eq', value: 'Low' }] }),
    });
    const { paging } = (await first.json()) as { paging: { urls: { nextPage: string } } };
    const second = (await (await client.call(paging.urls.nextPage)).json()) as { data: { alertId: number }[] };
    expect(second.data.map(({ alertId }) => alertId)).toEqual([2]);
    expect(emulator.calls[1]?.search).toContain('"expression":"eq"');
  });
});

describe('details', () => {
  it('add the entity map to the alert as it is', async () => {
    await begin();
    const text = alertAt(now - HOUR, 7);
    emulator.add(text, { entityMap: '{"API":[{"KEY":{"api":"x"}}]}' });
    const client = await logIn(emulator, key);
    const details = await client.call('/api/v2/Alerts/7?scope=Details');
    expect(await details.text()).toBe(`{"data":${text.slice(0, -1)},"entityMap":{"API":[{"KEY":{"api":"x"}}]}}}`);
    expect((await client.call('/api/v2/Alerts/8?scope=Details')).status).toBe(404);
    expect((await client.call('/api/v2/Alerts/7')).status).toBe(400);
    expect(emulator.calls.map(({ called }) => called)).toEqual(['token', 'details', 'details', 'details']);
  });
});

describe('the budget', () => {
  it('is kept for each function, and comes back after an hour', async () => {
    await begin({ rateLimitPerHour: 2 });
    const client = await logIn(emulator, key);
    const first = await client.list(now - HOUR, now);
    expect([
      first.headers.get('RateLimit-Limit'),
      first.headers.get('RateLimit-Remaining'),
      first.headers.get('RateLimit-Reset'),
    ]).toEqual(['2', '1', '3600']);
    now += 1000;
    expect((await client.list(now - HOUR, now)).status).toBe(204);
    const refused = await client.list(now - HOUR, now);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '3599']);
    expect((await client.call('/api/v2/Alerts/1?scope=Details')).status).toBe(404);
    now += 3_599_000;
    await client.login();
    expect((await client.list(now - HOUR, now)).status).toBe(204);
  });
});

it('writes its own clock into the Date header', async () => {
  await begin();
  const client = await logIn(emulator, key);
  expect((await client.list(now - HOUR, now)).headers.get('Date')).toBe('Sat, 31 Jan 2026 09:30:00 GMT');
});

it('answers 404 for what it does not play', async () => {
  await begin();
  expect((await fetch(`${emulator.url}/api/v2/Events`)).status).toBe(404);
});
