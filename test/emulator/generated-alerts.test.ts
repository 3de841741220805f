import { afterEach, expect, it } from '@jest/globals';
import { alertKinds } from '../../lib/emulator/believable-kinds.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { GeneratedAlerts } from '../../lib/emulator/generated-alerts.js';
import { logIn } from '../helpers/bare-client.js';

const HOUR = 3_600_000;
const now = Date.parse('2026-01-31T09:30:00.000Z');
const key = { keyId: 'KEY', secret: '_secret' };
const crowd = { count: 2500, seed: 3, from: now - 24 * HOUR, to: now };

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

it('writes every alert in the same number of bytes, each with its own id and times', () => {
  const generated = new GeneratedAlerts({ ...crowd, bytes: 1300 });
  const texts = Array.from({ length: crowd.count }, (_, index) => generated.texts(index, index + 1).toString());
  expect(new Set(texts.map((text) => Buffer.byteLength(text)))).toEqual(new Set([1300]));
  const alerts = texts.map((text) => JSON.parse(text) as Record<string, string | number>);
  expect(new Set(alerts.map(({ alertId }) => alertId)).size).toBe(2500);
  expect(new Set(alerts.map(({ alertType }) => alertType)).size).toBe(alertKinds.length);
  const starts = alerts.map(({ startTime }) => Date.parse(String(startTime)));
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(starts[0]).toBe(crowd.from);
  expect(starts.slice(200).every((time) => time % HOUR === 0)).toBe(true);
  expect(
    alerts.every(({ startTime, endTime }) => Date.parse(String(endTime)) - Date.parse(String(startTime)) === HOUR),
  ).toBe(true);
});

it('writes the same alert whether it is asked for alone or within a page', () => {
  const generated = new GeneratedAlerts({ ...crowd, shuffledIds: true, onTheHour: false });
  const page = JSON.parse(`[${generated.texts(90, 300)}]`) as unknown[];
  expect(page).toEqual(
    Array.from({ length: 210 }, (_, at) => JSON.parse(generated.texts(90 + at, 91 + at).toString())),
  );
  expect(new Set(Array.from({ length: 2500 }, (_, index) => generated.id(index))).size).toBe(2500);
  expect(generated.indexOf(generated.id(77))).toBe(77);
  expect(generated.indexOf(5)).toBeUndefined();
});

it.each([['ascending'], ['descending'], [{ shuffled: 5 }]] as const)(
  'is served in pages, each alert once, in the order %j',
  async (order) => {
    emulator = await startEmulator({ ...key, now: () => now, pageSize: 200, order });
    emulator.addGenerated({ ...crowd, shuffledIds: true });
    emulator.add(`{"alertId":1,"startTime":"${new Date(now - HOUR).toISOString()}"}`);
    const client = await logIn(emulator, key);
    const pages = await client.readPages(crowd.from, crowd.to);
    const ids = pages.flatMap(({ data }) => data.map(({ alertId }) => alertId));
    expect(pages).toHaveLength(13);
    expect([ids.length, new Set(ids).size]).toEqual([2501, 2501]);
    const found = await client.call('/api/v2/Alerts/search', {
      method: 'POST',
      body: JSON.stringify({
        timeFilter: { startTime: new Date(crowd.from).toISOString(), endTime: new Date(now).toISOString() },
        filters: [{ field: 'alertId', expression: 'in', values: [1, ids[0], ids[2]] }],
      }),
    });
    const { data } = (await found.json()) as { data: { alertId: number }[] };
    expect(data.map(({ alertId }) => alertId).sort()).toEqual([...new Set([1, ids[0], ids[2]])].sort());
    expect((await client.call(`/api/v2/Alerts/${ids[0]}?scope=Details`)).status).toBe(200);
  },
);

it('refuses texts too short for an alert', () => {
  expect(() => new GeneratedAlerts({ ...crowd, bytes: 300 })).toThrow('300 bytes are too few for a generated alert.');
});
