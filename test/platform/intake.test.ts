import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Intake, startIntake } from '../../lib/console/platform/intake.js';
import { intakeFaultPresets } from '../../lib/console/platform/intake-fault-presets.js';
import { exchange } from '../helpers/exchange.js';

const key = 'intake-key';
const now = 1_769_851_800_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let intake: Intake;

beforeEach(async () => {
  intake = await startIntake({ keys: [key], now: () => now });
});
afterEach(() => intake.close());

function push(body: unknown, headers: Record<string, string> = {}, to: Intake = intake): Promise<Response> {
  const content = Buffer.isBuffer(body) ? new Uint8Array(body) : typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${to.url}/batch`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: content,
  });
}

it('stores each event of a batch and names it by a uuid', async () => {
  const response = await push({ intake_key: key, jsons: ['{"a":1}', '{"b":"é"}'] });
  expect(response.status).toBe(200);
  const { event_ids } = (await response.json()) as { event_ids: string[] };
  expect(event_ids).toEqual([expect.stringMatching(uuid), expect.stringMatching(uuid)]);
  expect(intake.events).toEqual([
    { id: event_ids[0], at: now, intakeKey: key, text: '{"a":1}' },
    { id: event_ids[1], at: now, intakeKey: key, text: '{"b":"é"}' },
  ]);
});

it('stores a batch that is sent twice twice', async () => {
  await push({ intake_key: key, jsons: ['1'] });
  await push({ intake_key: key, jsons: ['1'] });
  expect(intake.accepted).toBe(2);
});

it('reads gzip, and refuses what only pretends to be', async () => {
  const text = JSON.stringify({ intake_key: key, jsons: ['{"a":1}'] });
  expect((await push(gzipSync(text), { 'Content-Encoding': 'gzip' })).status).toBe(200);
  expect((await push(text, { 'Content-Encoding': 'gzip' })).status).toBe(400);
  expect((await push(text, { 'Content-Encoding': 'br' })).status).toBe(415);
  expect(intake.requests.map(({ events, stored, bytes }) => [events, stored, bytes])).toEqual([
    [1, 1, text.length],
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

it('refuses an unknown key, a body of another shape, and another address', async () => {
  expect((await push({ intake_key: 'other', jsons: ['1'] })).status).toBe(401);
  intake.keys.add('other');
  expect((await push({ intake_key: 'other', jsons: ['1'] })).status).toBe(200);
  expect((await push({ intake_key: key, jsons: [1] })).status).toBe(400);
  expect((await push('{')).status).toBe(400);
  expect((await fetch(intake.url, { method: 'POST' })).status).toBe(404);
});

it('takes bodies of 10 MiB, uncompressed, and refuses one byte more', async () => {
  const body = (bytes: number) => {
    const frame = JSON.stringify({ intake_key: key, jsons: [''] }).length;
    const events: string[] = [];
    for (let left = bytes - frame + 3; left > 0; left -= 250_003) events.push('x'.repeat(Math.min(left, 250_003) - 3));
    const text = JSON.stringify({ intake_key: key, jsons: events });
    expect(text).toHaveLength(bytes);
    return gzipSync(text, { level: 1 });
  };
  expect((await push(body(10_485_760), { 'Content-Encoding': 'gzip' })).status).toBe(200);
  expect((await push(body(10_485_761), { 'Content-Encoding': 'gzip' })).status).toBe(413);
});

it('gives events over 250 KiB, counted in bytes, a status of their own', async () => {
  const large = 'é'.repeat(128_001);
  const response = await push({ intake_key: key, jsons: ['1', large, 'é'.repeat(128_000)] });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    event_ids: [expect.any(String), expect.any(String)],
    errors: [{ index: 1, status: 413, message: 'The event is too large' }],
  });
  expect(intake.events.map(({ text }) => text.length)).toEqual([1, 128_000]);
  expect((await push({ intake_key: key, jsons: [large] })).status).toBe(413);
});

it('hands on what it stores, and keeps nothing when told so', async () => {
  const handed: string[] = [];
  const other = await startIntake({
    keys: [key],
    keepEvents: false,
    onEvents: (events) => handed.push(...events.map(({ text }) => text)),
  });
  await push({ intake_key: key, jsons: ['1', '2'] }, {}, other);
  await other.close();
  expect([handed, other.events, other.accepted]).toEqual([['1', '2'], [], 2]);
});

it('counts without reading, whatever the events contain', async () => {
  const counts: number[] = [];
  const other = await startIntake({ keys: [key], countOnly: true, onBatch: (count) => counts.push(count) });
  const tricky = ['{"a":"\\",\\""}', '","', '', '\\"', '\\\\', '","","'];
  const compact = await push({ intake_key: key, jsons: tricky }, {}, other);
  expect(((await compact.json()) as { event_ids: string[] }).event_ids).toHaveLength(6);
  const spaced = await push(JSON.stringify({ intake_key: key, jsons: tricky }, null, 1), {}, other);
  expect(((await spaced.json()) as { event_ids: string[] }).event_ids).toHaveLength(6);
  expect((await push({ intake_key: 'wrong', jsons: ['1'] }, {}, other)).status).toBe(401);
  await other.close();
  expect(counts).toEqual([6, 6]);
});

describe('the fault', () => {
  const batch = { intake_key: key, jsons: ['{"n":1}', '{"n":2}', '{"n":3}'] };
  const stored = () => intake.events.map(({ text }) => text);

  it.each([500, 502, 503, 504, 408, 425, 401, 403])('status %d answers it and stores nothing', async (status) => {
    intake.faults.set({ kind: 'status', status });
    expect((await push(batch)).status).toBe(status);
    expect(stored()).toEqual([]);
    expect(intake.requests[0]).toMatchObject({ status, events: 3, stored: 0, fault: 'status' });
  });

  it('status 429 says when to come back', async () => {
    intake.faults.set({ kind: 'status', status: 429, retryAfterSeconds: 3, times: 1 });
    const response = await push(batch);
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '3']);
    expect((await push(batch)).status).toBe(200);
  });

  it('html-page answers 200 with a page and stores nothing', async () => {
    intake.faults.set({ kind: 'html-page' });
    const response = await push(batch);
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await response.text()).toMatch(/^<!doctype html>/);
    expect(stored()).toEqual([]);
  });

  it('no-event-ids answers 200 without ids and stores nothing', async () => {
    intake.faults.set({ kind: 'no-event-ids' });
    const response = await push(batch);
    expect([response.status, await response.text()]).toEqual([200, '{}']);
    expect(stored()).toEqual([]);
  });

  it('too-few-ids leaves out the last events', async () => {
    intake.faults.set({ kind: 'too-few-ids', missing: 2 });
    expect(((await (await push(batch)).json()) as { event_ids: string[] }).event_ids).toHaveLength(1);
    expect(stored()).toEqual(['{"n":1}']);
  });

  it('too-many-ids names more events than there are', async () => {
    intake.faults.set({ kind: 'too-many-ids', extra: 2 });
    expect(((await (await push(batch)).json()) as { event_ids: string[] }).event_ids).toHaveLength(5);
    expect(stored()).toHaveLength(3);
  });

  it('event-errors refuses the events that contain a text', async () => {
    intake.faults.set({ kind: 'event-errors', containing: '"n":2', status: 400 });
    expect(await (await push(batch)).json()).toEqual({
      event_ids: [expect.any(String), expect.any(String)],
      errors: [{ index: 1, status: 400, message: 'The event is refused' }],
    });
    expect(stored()).toEqual(['{"n":1}', '{"n":3}']);
  });

  it.each([400, 413] as const)('refuse-containing answers %d to every batch with such an event', async (status) => {
    intake.faults.set({ kind: 'refuse-containing', containing: '"n":2', status });
    expect((await push(batch)).status).toBe(status);
    expect((await push({ ...batch, jsons: ['{"n":1}', '{"n":3}'] })).status).toBe(200);
    expect(stored()).toEqual(['{"n":1}', '{"n":3}']);
  });

  it.each([400, 413] as const)('refuse-larger answers %d to a body over a size, compressed or not', async (status) => {
    intake.faults.set({ kind: 'refuse-larger', bytes: 1000, status });
    const large = JSON.stringify({ intake_key: key, jsons: ['x'.repeat(1000)] });
    expect((await push(gzipSync(large), { 'Content-Encoding': 'gzip' })).status).toBe(status);
    expect((await push(batch)).status).toBe(200);
  });

  const raw = (body: unknown = batch, patienceMs?: number) =>
    exchange(`${intake.url}/batch`, {
      method: 'POST',
      body: JSON.stringify(body),
      ...(patienceMs === undefined ? {} : { patienceMs }),
    });

  it('late-answer stores at once and answers late', async () => {
    intake.faults.set({ kind: 'late-answer', afterMs: 60_000, times: 1 });
    expect(await raw(batch, 200)).toMatchObject({ status: undefined, end: 'cut' });
    expect(stored()).toHaveLength(3);
    intake.faults.set({ kind: 'late-answer', afterMs: 200 });
    expect(await raw()).toMatchObject({ status: 200, end: 'complete' });
  });

  it('stores-then-resets stores, and resets in place of an answer', async () => {
    intake.faults.set({ kind: 'stores-then-resets' });
    expect(await raw()).toMatchObject({ status: undefined, end: 'ECONNRESET' });
    expect(stored()).toHaveLength(3);
  });

  it('reset-mid-request resets while the batch is sent', async () => {
    intake.faults.set({ kind: 'reset-mid-request' });
    const { status, end } = await raw({ ...batch, jsons: ['x'.repeat(9_000_000)] });
    expect(status).toBeUndefined();
    expect(end).toMatch(/^(ECONNRESET|EPIPE)$/);
    expect(intake.requests).toEqual([]);
    expect(stored()).toEqual([]);
  });

  it('slow-reader takes next to nothing of a large batch', async () => {
    intake.faults.set({ kind: 'slow-reader', everyMs: 10 });
    expect(await raw({ ...batch, jsons: ['x'.repeat(9_000_000)] }, 500)).toMatchObject({
      status: undefined,
      end: 'cut',
    });
    expect(intake.requests).toEqual([]);
  });

  it('reset-before-headers resets when the batch has been read', async () => {
    intake.faults.set({ kind: 'reset-before-headers' });
    expect(await raw()).toMatchObject({ status: undefined, end: 'ECONNRESET' });
    expect(stored()).toEqual([]);
  });

  it('reset-mid-body and hang-mid-body break off the answer, and store nothing', async () => {
    intake.faults.set({ kind: 'reset-mid-body', times: 1 });
    const reset = await raw();
    expect(reset).toMatchObject({ status: 200, end: 'ECONNRESET' });
    intake.faults.set({ kind: 'hang-mid-body', times: 1 });
    const hung = await raw(batch, 200);
    expect(hung).toMatchObject({ status: 200, end: 'cut' });
    expect(hung.body).toHaveLength(Math.floor(Number(hung.headers['content-length']) / 2));
    expect(stored()).toEqual([]);
  });

  it('slow-body stores, since its answer does arrive in the end', async () => {
    intake.faults.set({ kind: 'slow-body', everyMs: 2 });
    expect(await raw(batch, 50)).toMatchObject({ status: 200, end: 'cut' });
    expect(await raw()).toMatchObject({ status: 200, end: 'complete' });
    expect(stored()).toHaveLength(6);
  });

  it('hang-before-headers never answers', async () => {
    intake.faults.set({ kind: 'hang-before-headers' });
    expect(await raw(batch, 200)).toMatchObject({ status: undefined, end: 'cut' });
    expect(stored()).toEqual([]);
  });

  it('down refuses connections until it is switched off, at the same address', async () => {
    const comeUp = intake.faults.set({ kind: 'down' });
    expect(await raw()).toMatchObject({ end: 'ECONNREFUSED' });
    comeUp();
    expect(await raw()).toMatchObject({ status: 200 });
    intake.faults.set({ kind: 'down' });
    intake.faults.clear();
    expect(await raw()).toMatchObject({ status: 200 });
  });

  it('has a switch with words for a person, of every kind', () => {
    expect(new Set(intakeFaultPresets.map(({ id }) => id)).size).toBe(intakeFaultPresets.length);
    expect([...new Set(intakeFaultPresets.map(({ fault }) => fault.kind))].sort()).toEqual([
      'down',
      'event-errors',
      'hang-before-headers',
      'hang-mid-body',
      'html-page',
      'late-answer',
      'no-event-ids',
      'refuse-containing',
      'refuse-larger',
      'reset-before-headers',
      'reset-mid-body',
      'reset-mid-request',
      'slow-body',
      'slow-reader',
      'status',
      'stores-then-resets',
      'too-few-ids',
      'too-many-ids',
    ]);
    for (const { description } of intakeFaultPresets) expect(description).toMatch(/^[A-Z].*\.$/);
  });
});
