import { appendFileSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../lib/console/events/event-store.js';
import { findEvents, rowsOf } from '../../lib/console/events/find-events.js';
import { readQuery } from '../../lib/console/events/search-query.js';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const NOON = Date.UTC(2026, 0, 31, 12);
const MINUTE = 60_000;

let temporary: Awaited<ReturnType<typeof temporaryDirectory>>;
let store: EventStore;
beforeEach(async () => {
  temporary = await temporaryDirectory();
  store = await open(100_000);
});
afterEach(async () => {
  store.close();
  await temporary.remove();
});

async function open(limit: number): Promise<EventStore> {
  const opened = new EventStore(temporary.path, limit);
  await opened.load();
  return opened;
}

/** An alert that began `minute` minutes after noon and arrived five minutes later. */
function event(
  alertId: number,
  { minute = alertId, severity = 'High', user = 'jane', status = 'Open', raw = false } = {},
) {
  const description = ` For account: 1234  : Root account was successfully used 2 times  by user  ${user}    `;
  const text = JSON.stringify({
    alertId,
    alertName: `Alert ${alertId}`,
    alertType: 'UsageOfRootAccount',
    severity,
    status,
    startTime: new Date(NOON + minute * MINUTE).toISOString(),
    alertInfo: { description, subject: `Root account: ${description}` },
  });
  const at = NOON + (minute + 5) * MINUTE;
  return { id: `id-${alertId}`, at, intake: 'one', text: raw ? text : normalizeAlert(text).json };
}

function find(query = '', { severities = [] as string[], from = -Infinity, to = Infinity, until = Infinity } = {}) {
  const found = findEvents(store, { terms: readQuery(query), severities: new Set(severities), from, to, until });
  return { ...found, numbers: [...found.numbers] };
}

describe('the events', () => {
  it('are shown with the one that began last in front, whenever they arrived', () => {
    store.add([event(1), event(3), event(2)]);
    expect(find().numbers).toEqual([1, 2, 0]);
    expect(rowsOf(store, Uint32Array.from([1]), 0, 1)).toEqual([
      {
        number: 1,
        time: NOON + 3 * MINUTE,
        receivedAt: NOON + 8 * MINUTE,
        severity: 'High',
        type: 'UsageOfRootAccount',
        user: 'jane',
        account: '1234',
        address: '',
        sight: '2',
        reason: 'Alert 3',
      },
    ]);
  });

  it('are found by field, by word, by severity and by time', () => {
    store.add([event(1), event(2, { user: 'bob' }), event(3, { severity: 'Low' })]);
    expect(find('user.name:bob').numbers).toEqual([1]);
    expect(find('JANE -severity:low').numbers).toEqual([0]);
    expect(find('', { severities: ['low'] }).numbers).toEqual([2]);
    expect(find('', { from: NOON + 2 * MINUTE, to: NOON + 2 * MINUTE }).numbers).toEqual([1]);
    expect(find('', { until: 1 }).numbers).toEqual([0]);
  });

  it('are counted by severity, whatever severities are chosen, and by time', () => {
    store.add([event(1), event(2), event(3, { severity: 'Info' })]);
    const { bySeverity, chart, medianLagMs } = find('', { severities: ['info'], from: NOON, to: NOON + 59 * MINUTE });
    expect(bySeverity).toEqual([0, 2, 0, 0, 1]);
    expect(chart).toEqual({
      from: NOON,
      stepMs: MINUTE,
      buckets: Array.from({ length: 60 }, (_, minute) => (minute === 3 ? [0, 0, 0, 0, 1] : [0, 0, 0, 0, 0])),
    });
    expect(medianLagMs).toBe(5 * MINUTE);
  });

  it('may be raw alerts, which are searched as the events that they would become', async () => {
    const raw = event(1, { raw: true });
    store.add([raw]);
    expect(find('user.name:jane severity:high').numbers).toEqual([0]);
    expect((await store.detail(0))?.text).toBe(raw.text);
  });

  it('may be no events at all', () => {
    store.add([{ id: 'a', at: NOON, intake: 'one', text: 'no JSON' }]);
    expect(find().numbers).toEqual([0]);
    expect(store.row(0)?.time).toBe(NOON);
  });

  it('come with the version before, when their alert was updated', async () => {
    const first = event(7);
    store.add([first, event(8), event(7, { status: 'Closed' })]);
    expect((await store.detail(2))?.previous).toEqual({ number: 0, receivedAt: first.at, text: first.text });
    expect((await store.detail(1))?.previous).toBeUndefined();
  });
});

describe('the store', () => {
  it('holds the same events after a restart', async () => {
    store.add([event(1), event(2)]);
    const before = await store.detail(1);
    store.close();
    store = await open(100_000);
    expect(await store.detail(1)).toEqual(before);
    expect(find('jane').numbers).toEqual([1, 0]);
    store.add([event(3)]);
    expect(store.counts).toEqual({ kept: 3, dropped: 0, next: 3, limit: 100_000 });
  });

  it('cuts off the line that a crash has left half written', async () => {
    store.add([event(1)]);
    store.close();
    appendFileSync(`${temporary.path}/${readdirSync(temporary.path)[0]}`, '{"id":"half');
    store = await open(100_000);
    store.add([event(2)]);
    store.close();
    store = await open(100_000);
    expect(await Promise.all([0, 1].map(async (number) => (await store.detail(number))?.id))).toEqual(['id-1', 'id-2']);
  });

  it('shows exactly the newest ones, and removes files that hold none of them', async () => {
    store = await open(12_000);
    store.add(
      Array.from({ length: 25_000 }, (_, id) => ({
        id: `id-${id}`,
        at: NOON + id,
        intake: 'one',
        text: '{"message":"","event":{}}',
      })),
    );
    expect(store.counts).toEqual({ kept: 12_000, dropped: 13_000, next: 25_000, limit: 12_000 });
    expect(find().numbers).toHaveLength(12_000);
    expect(find().numbers.at(-1)).toBe(13_000);
    expect(await store.detail(12_999)).toBeUndefined();
    expect(await store.detail(13_000.5)).toBeUndefined();
    expect((await store.detail(13_000))?.id).toBe('id-13000');
    expect(store.countOfIntake('one')).toBe(12_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readdirSync(temporary.path).sort()).toEqual(['events-000000010000.ndjson', 'events-000000020000.ndjson']);
  });

  it('gives out the texts of several segments in the order asked for', async () => {
    const text = (id: number) => `{"message":"${id}","event":{}}`;
    store.add(Array.from({ length: 20_500 }, (_, id) => ({ id: `${id}`, at: NOON, intake: 'one', text: text(id) })));
    const numbers = Array.from({ length: 20_500 }, (_, index) => (index * 7919) % 20_500);
    const texts: string[] = [];
    for await (const one of store.texts(numbers)) texts.push(one);
    expect(texts).toEqual(numbers.map(text));
  });

  it('gives out the exact texts', async () => {
    const events = [event(1), { ...event(2), text: '{"odd":  1e400, "id": 9007199254740993, "text": "é\\u00e9"}' }];
    store.add(events);
    const texts: string[] = [];
    for await (const text of store.texts([1, 0])) texts.push(text);
    expect(texts).toEqual([events[1]?.text, events[0]?.text]);
  });
});
