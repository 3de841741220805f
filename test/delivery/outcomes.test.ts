import { afterEach, describe, expect, it } from '@jest/globals';
import { CriticalError, LeaseLostError } from '@sekoia/automation-sdk-ts';
import { StoppedError } from '../../lib/errors.js';
import { waitUntil } from '../helpers/wait-until.js';
import { type DeliveryOptions, type DeliveryStage, events, openDeliveryStage } from './delivery-stage.js';

const HOUR_MS = 3_600_000;

let stage: DeliveryStage;
const open = async (options?: DeliveryOptions) => {
  stage = await openDeliveryStage(options);
  return stage;
};
afterEach(() => stage.close());

/** Steps the clock until the work is done; rejects when the work does. */
async function finish(work: Promise<void>, withinMs = HOUR_MS): Promise<void> {
  let ended = false;
  const watched = work.finally(() => {
    ended = true;
  });
  watched.catch(() => undefined);
  await stage.clock.runUntil('the delivery ends', () => ended, withinMs);
  await watched;
}

const texts = () => stage.intake.events.map(({ text }) => text);
const said = () => stage.said.map(({ level, text }) => `${level} ${text}`);
const sorted = (list: readonly string[]) => [...list].sort();
const address = () => stage.intake.url.replace('http://', '');

describe('A batch that is taken', () => {
  it('is recorded, counted, and not spoken of', async () => {
    await open();
    await finish(stage.deliver(events(2500)));
    expect(sorted(texts())).toEqual(sorted(events(2500)));
    expect(stage.intake.requests.map(({ events: count }) => count).sort((a, b) => a - b)).toEqual([500, 1000, 1000]);
    expect(await stage.recorded()).toBe(2500);
    expect(stage.counts).toMatchObject({ forwarded: 2500, deadLetters: 0, unrecorded: 0 });
    expect(await stage.metric('forwarded_events_total')).toBe(2500);
    expect(await stage.metric('discarded_events_total')).toBe(0);
    expect(await stage.metric('forward_events_duration_count')).toBe(3);
    expect(await stage.metric('waiting_events')).toBe(0);
    expect(said()).toEqual([]);
  });

  it('with more event_ids than events is delivered, with a warning', async () => {
    await open();
    stage.intake.faults.set({ kind: 'too-many-ids', extra: 2 });
    await finish(stage.deliver(events(3)));
    expect(await stage.recorded()).toBe(3);
    expect(said()).toEqual(['warning The intake acknowledged 5 events where 3 were sent; they count as delivered.']);
  });
});

describe('A batch that is not taken now', () => {
  it.each([
    ['503', { kind: 'status', status: 503 }, 'ADDRESS answers 503'],
    ['404', { kind: 'status', status: 404 }, 'ADDRESS answers 404'],
    ['408', { kind: 'status', status: 408 }, 'ADDRESS answers 408'],
    ['425', { kind: 'status', status: 425 }, 'ADDRESS answers 425'],
    ['429', { kind: 'status', status: 429 }, 'ADDRESS answers 429'],
    ['a page of HTML with status 200', { kind: 'html-page' }, 'ADDRESS answers 200 without event_ids'],
    ['no event_ids', { kind: 'too-few-ids', missing: 3 }, 'ADDRESS answers 200 with no event_ids'],
    [
      'a reset connection',
      { kind: 'reset-before-headers' },
      'HOST closed the connection before its answer was complete (ECONNRESET)',
    ],
  ] as const)('because of %s is sent again until it is, once', async (_, fault, reason) => {
    await open();
    stage.intake.faults.set({ ...fault, times: 3 });
    await finish(stage.deliver(events(3)));
    expect(texts()).toEqual(events(3));
    expect(await stage.recorded()).toBe(3);
    expect(stage.counts).toMatchObject({ forwarded: 3, deadLetters: 0 });
    expect(said()).toEqual([
      `warning The intake does not take events: ${reason.replace('ADDRESS', address()).replace('HOST', new URL(stage.intake.url).host)}. Waiting: 3 events; sent again until taken.`,
      expect.stringMatching(/^info The intake takes events again, after \d/),
    ]);
  });

  it('waits as long as Retry-After says', async () => {
    await open({ intake: { now: () => stage.clock.now() } });
    stage.intake.faults.set({ kind: 'status', status: 429, retryAfterSeconds: 90, times: 2 });
    await finish(stage.deliver(events(3)));
    const [first = 0, ...others] = stage.intake.requests.map(({ at }) => at);
    expect(others.map((at) => at - first)).toEqual([90_000, 180_000]);
  });

  it('does not wait for ever, whatever Retry-After says, and does not call again at once', async () => {
    await open({ intake: { now: () => stage.clock.now() } });
    stage.intake.faults.set({ kind: 'status', status: 429, retryAfterSeconds: 999_999_999, times: 1 });
    stage.intake.faults.set({ kind: 'status', status: 503, retryAfterSeconds: 0, times: 1 });
    await finish(stage.deliver(events(3)));
    const [first = 0, ...others] = stage.intake.requests.map(({ at }) => at);
    expect(others.map((at) => at - first)).toEqual([900_000, 901_000]);
  });

  it('for longer than 10 minutes, as Retry-After says, is spoken of meanwhile, and its lag rises', async () => {
    await open();
    const off = stage.intake.faults.set({ kind: 'status', status: 429, retryAfterSeconds: 840 });
    const delivered = stage.deliver(events(3));
    for (const minutes of [13, 27]) {
      const ms = minutes * 60_000;
      await stage.clock.runUntil(`${minutes} minutes`, () => stage.clock.monotonic() >= ms, HOUR_MS);
      expect(await stage.metric('events_lags')).toBe(minutes * 60);
    }
    expect(stage.intake.requests).toHaveLength(2);
    expect(said().map((line) => line.slice(0, 30))).toEqual([
      'warning The intake does not ta',
      'error The intake has not taken',
      'error The intake has not taken',
    ]);
    off();
    await finish(delivered);
    expect(said().slice(3)).toEqual([expect.stringMatching(/^info The intake takes events again, after 28 min/)]);
  });

  it('is tried again with a pause that doubles to a minute', async () => {
    await open({ intake: { now: () => stage.clock.now() } });
    stage.intake.faults.set({ kind: 'status', status: 503, times: 12 });
    await finish(stage.deliver(events(1)));
    const times = stage.intake.requests.map(({ at }) => at);
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    for (const [index, pause] of pauses.entries()) {
      const full = Math.min(60_000, 1000 * 2 ** index);
      expect(pause).toBeGreaterThanOrEqual(full / 2);
      expect(pause).toBeLessThanOrEqual(full);
    }
    expect(pauses).toHaveLength(12);
  });

  it('though it was stored, since the answer came after the deadline, is the one duplicate that is allowed', async () => {
    await open({ deadlineMs: 300 });
    stage.intake.faults.set({ kind: 'late-answer', afterMs: 60_000, times: 1 });
    await finish(stage.deliver(events(3)));
    expect(texts()).toEqual([...events(3), ...events(3)]);
    expect(stage.counts.forwarded).toBe(3);
    expect(await stage.metric('forwarded_events_total')).toBe(3);
  });

  it('with three others in flight is spoken of once for all, then every 10 minutes with what waits and since when', async () => {
    await open({ chunkSize: 10, concurrency: 4 });
    const off = stage.intake.faults.set({ kind: 'status', status: 503 });
    const delivered = stage.deliver(events(100));
    await stage.clock.runUntil('45 minutes', () => stage.clock.monotonic() >= 45 * 60_000, 46 * 60_000);
    expect(said()).toEqual([
      expect.stringMatching(
        /^warning The intake does not take events: .* answers 503\. Waiting: \d\d events; sent again/,
      ),
      ...new Array(4).fill(
        `error The intake has not taken events since 2026-01-31 09:30:00 UTC: ${address()} answers 503. Waiting: 50 events; nothing is lost, and collection goes on when it answers.`,
      ),
    ]);
    expect(await stage.metric('waiting_events')).toBe(50);
    expect(await stage.metric('events_lags')).toBeGreaterThan(40 * 60);
    expect(await stage.metric('forwarded_events_total')).toBe(0);
    expect(await stage.recorded()).toBe(0);
    off();
    await finish(delivered);
    expect(sorted(texts())).toEqual(sorted(events(100)));
    expect(said().slice(5)).toEqual([expect.stringMatching(/^info The intake takes events again, after 4[56] min/)]);
  });

  it('now and then does not fill the log', async () => {
    await open({ chunkSize: 1, concurrency: 1 });
    stage.intake.faults.set({ kind: 'status', status: 503, probability: 0.5, seed: 7 });
    await finish(stage.deliver(events(100)));
    const minutes = stage.clock.monotonic() / 60_000;
    expect(stage.intake.requests.filter(({ status }) => status === 503).length).toBeGreaterThan(50);
    expect(said().filter((line) => line.startsWith('warning')).length).toBeLessThanOrEqual(minutes + 1);
    expect(stage.intake.accepted).toBe(100);
  });
});

describe('Events that are refused', () => {
  it.each([413, 400] as const)(
    'with %s for a batch of 500 are found: 3 dead letters, 497 delivered',
    async (status) => {
      await open();
      stage.intake.faults.set({ kind: 'refuse-containing', containing: 'refuse', status });
      const refused = [17, 256, 257];
      await finish(stage.deliver(events(500, refused)));
      expect(texts()).toEqual(events(500, refused).filter((_, n) => !refused.includes(n)));
      expect((await stage.letters()).map(({ time, ...letter }) => letter)).toEqual(
        refused.map((n) => ({
          kind: 'refused',
          reason: `the intake answers ${status}`,
          alertId: String(n),
          text: JSON.stringify({ n, refuse: true }),
        })),
      );
      const calls = stage.intake.requests.length - 1;
      expect(calls).toBeLessThanOrEqual(3 * 2 * Math.ceil(Math.log2(500)) + 1);
      expect(await stage.recorded()).toBe(500);
      expect(stage.counts).toMatchObject({ forwarded: 497, deadLetters: 3 });
      expect(await stage.metric('forwarded_events_total')).toBe(497);
      expect(await stage.metric('discarded_events_total')).toBe(3);
      expect(said()).toEqual(
        new Array(3).fill(
          `error Events that could not be delivered (the intake answers ${status}): 1. They are kept in the dead letters in ${stage.directory}/dead-letters. Look at them, and replay them when the cause is mended.`,
        ),
      );
    },
  );

  it('by a status of their own go to the dead letters alone, with what the intake says; the log does not quote it', async () => {
    await open();
    stage.intake.faults.set({ kind: 'event-errors', containing: 'refuse', status: 422 });
    await finish(stage.deliver(events(10, [3, 7])));
    expect(stage.intake.requests).toHaveLength(1);
    expect(texts()).toEqual(events(10).filter((_, n) => n !== 3 && n !== 7));
    expect(await stage.letters()).toEqual(
      [3, 7].map((n) => ({
        kind: 'refused',
        reason: 'the intake answers 422: The event is refused',
        alertId: String(n),
        text: JSON.stringify({ n, refuse: true }),
        time: '2026-01-31T09:30:00.000Z',
      })),
    );
    expect(stage.counts).toMatchObject({ forwarded: 8, deadLetters: 2 });
    expect(said()).toEqual([
      `error Events that could not be delivered (the intake answers 422): 2. They are kept in the dead letters in ${stage.directory}/dead-letters. Look at them, and replay them when the cause is mended.`,
    ]);
  });

  it('in part without a word on which: what is named is kept as refused, all else as unconfirmed', async () => {
    await open();
    stage.intake.faults.set({ kind: 'too-few-ids', times: 1 });
    const large = `{"n":"${'x'.repeat(250 * 1024)}"}`;
    await finish(stage.deliver(['{"n":0}', large, '{"n":2}', '{"n":3}']));
    expect(stage.intake.requests).toHaveLength(1);
    expect((await stage.letters()).map(({ kind, reason, alertId }) => [alertId, kind, reason])).toEqual([
      ['0', 'unconfirmed', 'acknowledged 2 of 4'],
      ['1', 'refused', 'the intake answers 413: The event is too large'],
      ['2', 'unconfirmed', 'acknowledged 2 of 4'],
      ['3', 'unconfirmed', 'acknowledged 2 of 4'],
    ]);
    expect(await stage.metric('forwarded_events_total')).toBe(2);
    expect(await stage.metric('discarded_events_total')).toBe(2);
  });

  it('while no other is acknowledged do not hold the others for ever', async () => {
    await open();
    const large = `{"n":"${'x'.repeat(250 * 1024)}"}`;
    // As if one refused event kept the intake from storing any other of the batch.
    stage.intake.faults.set({ kind: 'too-few-ids', missing: 4, times: 1 });
    await finish(stage.deliver(['{"n":0}', large, '{"n":2}', '{"n":3}']));
    expect(stage.intake.requests.map(({ events: count }) => count)).toEqual([4, 2, 2]);
    expect(texts()).toEqual(['{"n":0}', '{"n":2}', '{"n":3}']);
    expect((await stage.letters()).map(({ alertId, kind }) => [alertId, kind])).toEqual([['1', 'refused']]);
    expect(await stage.recorded()).toBe(4);
  });

  it('without a word on which: all of the batch is kept, nothing is sent again', async () => {
    await open();
    stage.intake.faults.set({ kind: 'too-few-ids', missing: 2, times: 1 });
    await finish(stage.deliver(events(10)));
    expect(stage.intake.requests).toHaveLength(1);
    const letters = await stage.letters();
    expect(sorted(letters.map(({ text }) => text))).toEqual(sorted(events(10)));
    expect(new Set(letters.map(({ kind, reason }) => `${kind}: ${reason}`))).toEqual(
      new Set(['unconfirmed: acknowledged 8 of 10']),
    );
    expect(await stage.recorded()).toBe(10);
    expect(await stage.metric('forwarded_events_total')).toBe(8);
    expect(await stage.metric('discarded_events_total')).toBe(2);
    expect(said()).toEqual([
      `error The intake acknowledged 8 of 10 events and did not say which. The whole batch is kept in the dead letters in ${stage.directory}/dead-letters: compare them with the Events page, and replay those that are missing.`,
    ]);
  });
});

describe('An intake key that is refused', () => {
  it.each([401, 403])('with %s for less than a minute costs nothing', async (status) => {
    await open({ chunkSize: 10 });
    stage.intake.faults.set({ kind: 'status', status, times: 12 });
    await finish(stage.deliver(events(40)));
    expect(sorted(texts())).toEqual(sorted(events(40)));
    expect(said()).toEqual([
      expect.stringMatching(/^warning The intake does not take events: .* refuses the intake key \(status 40[13]\)/),
      expect.stringMatching(/^info The intake takes events again/),
    ]);
  });

  it('for a minute on end is for a person to mend: nothing moves, nothing is recorded, no other batch goes on', async () => {
    await open({ chunkSize: 10 });
    stage.intake.faults.set({ kind: 'status', status: 401 });
    const delivered = stage.deliver(events(100));
    delivered.catch(() => undefined);
    await stage.clock.runUntil('half a minute', () => stage.clock.monotonic() >= 30_000, HOUR_MS);
    expect(said()).toEqual([
      expect.stringMatching(/ refuses the intake key \(status 401\)\. Waiting: \d\d events; sent again until taken\.$/),
    ]);
    expect(await stage.metric('events_lags')).toBe(30);
    expect(await stage.metric('waiting_events')).toBe(50);
    await expect(finish(delivered)).rejects.toThrow(CriticalError);
    expect(stage.clock.monotonic()).toBeGreaterThanOrEqual(60_000);
    expect(stage.clock.monotonic()).toBeLessThanOrEqual(70_000);
    // Four batches, each at once and every 10 s.
    const calls = stage.intake.requests.length;
    expect(calls).toBeLessThanOrEqual(4 * 7);
    await stage.clock.advance(HOUR_MS);
    expect(stage.intake.requests).toHaveLength(calls);
    expect(stage.clock.sleepers).toBe(0);
    expect(await stage.recorded()).toBe(0);
    expect(stage.counts).toMatchObject({ forwarded: 0, deadLetters: 0 });
  });

  it('now and then, and accepted in between, is not critical', async () => {
    await open();
    for (let n = 0; n < 10; n++) {
      stage.intake.faults.set({ kind: 'status', status: 401, times: 1 });
      await finish(stage.deliver(events(1)));
    }
    expect(stage.clock.monotonic()).toBeGreaterThan(60_000);
    expect(stage.intake.accepted).toBe(10);
  });

  it('in turn with other failures is not critical: the key is not refused on end', async () => {
    await open();
    for (let n = 0; n < 10; n++) {
      stage.intake.faults.set({ kind: 'status', status: 401, times: 1 });
      stage.intake.faults.set({ kind: 'status', status: 503, times: 1 });
    }
    await finish(stage.deliver(events(1)));
    expect(stage.intake.accepted).toBe(1);
    expect(said().filter((line) => line.startsWith('critical'))).toEqual([]);
  });
});

describe('Several batches in flight', () => {
  it('are never more than concurrency, and what is taken waits with them', async () => {
    await open({ chunkSize: 10, concurrency: 3 });
    stage.intake.faults.set({ kind: 'hang-before-headers' });
    const delivery = stage.delivery();
    let taken = 0;
    const entry = { high: 0, low: 1, fingerprint: 0, hour: 0 };
    const adding = (async () => {
      for (; taken < 100; taken++) await delivery.add(`${taken}`, { entry, unusualId: undefined, startsRun: false });
    })();
    adding.catch(() => undefined);
    await stage.clock.advance(60_000);
    // The fourth batch is full and waits; no event is taken beside it.
    expect(taken).toBe(39);
    expect(stage.intake.requests.length).toBeLessThanOrEqual(3);
    stage.stop.abort();
    stage.intake.faults.clear();
    await expect(adding).rejects.toThrow(StoppedError);
    await expect(delivery.settle()).rejects.toThrow(StoppedError);
  });

  it('wait for each other where one fails: what is acknowledged is recorded, what waits is not sent again', async () => {
    const sendEvent = () => Promise.reject(new TypeError('a defect'));
    await open({ chunkSize: 1, sendEvent });
    const delivery = stage.delivery();
    const add = (low: number, startsRun: boolean) =>
      delivery.add(`${low}`, { entry: { high: 0, low, fingerprint: 0, hour: 0 }, unusualId: undefined, startsRun });
    stage.intake.faults.set({ kind: 'late-answer', afterMs: 400, times: 1 });
    await add(1, false);
    await waitUntil('the first is stored', () => stage.intake.accepted === 1);
    stage.intake.faults.set({ kind: 'status', status: 503, times: 1 });
    await add(2, false);
    await waitUntil('the second waits', () => stage.clock.sleepers > 0);
    await add(3, true);
    await expect(delivery.settle()).rejects.toThrow('a defect');
    expect(texts()).toEqual(['1', '3']);
    expect(await stage.recorded()).toBe(2);
    await stage.clock.advance(HOUR_MS);
    expect(stage.intake.requests).toHaveLength(3);
    expect(stage.clock.sleepers).toBe(0);
    await expect(Promise.resolve(add(4, false))).rejects.toThrow('a defect');
    await expect(delivery.settle()).rejects.toThrow('a defect');
    expect(stage.intake.requests).toHaveLength(3);
  });

  it('deliver and record nothing once the lease is lost', async () => {
    await open({ chunkSize: 1 });
    stage.intake.faults.set({ kind: 'status', status: 503, times: 1 });
    stage.intake.faults.set({ kind: 'late-answer', afterMs: 200, times: 1 });
    const delivered = stage.deliver(events(2));
    await waitUntil('one is stored, one waits', () => stage.intake.accepted === 1 && stage.clock.sleepers === 1);
    stage.lease.isLost = true;
    await expect(finish(delivered)).rejects.toThrow(LeaseLostError);
    expect(stage.intake.accepted).toBe(1);
    expect(await stage.recorded()).toBe(0);
    expect(stage.clock.sleepers).toBe(0);
  });

  it('settle in any order, and a restart remembers each', async () => {
    await open({ chunkSize: 5, concurrency: 4, deadlineMs: 1000 });
    stage.intake.faults.set({ kind: 'late-answer', afterMs: 200, times: 1 });
    await finish(stage.deliver(events(40)));
    expect(sorted(texts())).toEqual(sorted(events(40)));
    expect(await stage.recorded()).toBe(40);
  });
});

describe('A stop', () => {
  it('ends the waiting at once, and nothing is sent or recorded afterwards', async () => {
    await open({ chunkSize: 10 });
    stage.intake.faults.set({ kind: 'status', status: 503 });
    const delivered = stage.deliver(events(100));
    await stage.clock.runUntil('5 minutes', () => stage.clock.monotonic() >= 5 * 60_000, HOUR_MS);
    stage.stop.abort();
    await expect(delivered).rejects.toThrow(StoppedError);
    const calls = stage.intake.requests.length;
    await stage.clock.advance(HOUR_MS);
    expect(stage.intake.requests.length).toBe(calls);
    expect(stage.clock.sleepers).toBe(0);
    expect(await stage.recorded()).toBe(0);
  });

  it('lets nothing leave that comes after it', async () => {
    await open();
    stage.stop.abort();
    await expect(stage.deliver(events(10))).rejects.toThrow(StoppedError);
    expect(stage.intake.requests).toEqual([]);
  });

  it('blames no intake for a call that is not waited for any longer', async () => {
    await open();
    stage.intake.faults.set({ kind: 'hang-before-headers' });
    const delivered = stage.deliver(events(10));
    await waitUntil('the batch is read', () => stage.intake.requests.length === 1);
    stage.stop.abort();
    await expect(delivered).rejects.toThrow(StoppedError);
    expect(said()).toEqual([]);
  });

  it('lets a call under way come to its answer, so that the batch is not sent twice', async () => {
    await open();
    stage.intake.faults.set({ kind: 'late-answer', afterMs: 300 });
    const delivered = stage.deliver(events(10));
    await waitUntil('the batch is stored', () => stage.intake.accepted === 10);
    stage.stop.abort();
    await delivered;
    expect(await stage.recorded()).toBe(10);
  });
});

describe('A batch that does not fill', () => {
  it('leaves after two seconds, while more is awaited', async () => {
    await open();
    const delivery = stage.delivery();
    const entry = { high: 0, low: 1, fingerprint: 0, hour: 0 };
    await delivery.add('{"n":1}', { entry, unusualId: undefined, startsRun: false });
    await stage.clock.advance(1_999);
    expect(stage.intake.requests).toEqual([]);
    await stage.clock.runUntil('the batch has left', () => stage.intake.accepted === 1, 1);
    await delivery.add('{"n":2}', { entry, unusualId: undefined, startsRun: false });
    await delivery.settle();
    expect(texts()).toEqual(['{"n":1}', '{"n":2}']);
    expect(stage.clock.sleepers).toBe(0);
  });

  it('stays, and goes on filling, while as much is in flight as may be', async () => {
    await open({ concurrency: 1, chunkSize: 3 });
    const off = stage.intake.faults.set({ kind: 'status', status: 503 });
    const delivery = stage.delivery();
    const add = (n: number) =>
      delivery.add(`${n}`, {
        entry: { high: 0, low: n, fingerprint: 0, hour: 0 },
        unusualId: undefined,
        startsRun: false,
      });
    for (const n of [1, 2, 3]) await add(n);
    await add(4);
    await stage.clock.advance(60_000);
    await add(5);
    off();
    await finish(delivery.settle());
    expect(texts()).toEqual(['1', '2', '3', '4', '5']);
    expect(stage.intake.requests.filter(({ stored }) => stored > 0).map(({ events: count }) => count)).toEqual([3, 2]);
  });
});
