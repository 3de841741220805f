import { describe, expect, it } from '@jest/globals';
import { Secret } from '@sekoia/automation-sdk-ts';
import { RateLimit, retryAfterMs } from '../../lib/lacework/rate-limit.js';
import { Reading } from '../../lib/lacework/reading.js';
import { ServerClock } from '../../lib/lacework/server-clock.js';
import { TokenHolder } from '../../lib/lacework/token.js';
import { fc } from '../helpers/properties.js';
import { SteppedClock } from '../helpers/stepped-clock.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

describe('The budget of calls', () => {
  it('lets no hour hold more calls than it may, whatever the functions and the pace', async () => {
    const step = fc.record({
      fn: fc.constantFrom('tokens' as const, 'alerts' as const, 'details' as const),
      ms: fc.nat(400_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const clock = new SteppedClock();
        const limit = new RateLimit(clock, 10);
        const made: number[] = [];
        for (const { fn, ms } of steps) {
          await clock.advance(ms);
          await clock.advance(limit.waitMs(fn));
          expect(limit.waitMs(fn)).toBe(0);
          limit.count(fn);
          made.push(clock.monotonic());
          expect(made.filter((at) => at > clock.monotonic() - HOUR_MS).length).toBeLessThanOrEqual(10);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is lowered by the server's figures of one function, and not raised by them", async () => {
    const clock = new SteppedClock();
    const limit = new RateLimit(clock, 480);
    limit.learn('alerts', { 'ratelimit-limit': '1000', 'ratelimit-remaining': '1', 'ratelimit-reset': '600' });
    expect(limit.perHour).toBe(480);
    limit.count('alerts');
    expect(limit.waitMs('alerts')).toBe(600_000);
    expect(limit.waitMs('details')).toBe(0);
    await clock.advance(600_000);
    expect(limit.waitMs('alerts')).toBe(0);
    limit.learn('alerts', { 'ratelimit-limit': '100' });
    expect(limit.perHour).toBe(100);
  });

  it('spares for details what is left beside what is planned, at every moment of the coming hour', async () => {
    const clock = new SteppedClock();
    const limit = new RateLimit(clock, 480);
    expect(limit.spare('details', 66)).toBe(414);
    // A backlog a moment ago: its calls count for the whole hour in which 66 others are planned.
    for (let calls = 0; calls < 300; calls++) limit.count('alerts');
    expect(limit.spare('details', 66)).toBe(114);
    // The same number of calls, but spread as evenly as what is planned, makes way for it.
    const even = new RateLimit(clock, 480);
    for (let calls = 0; calls < 60; calls++) {
      await clock.advance(MINUTE_MS);
      even.count('alerts');
    }
    expect(even.spare('details', 60)).toBeGreaterThan(415);
    even.learn('details', { 'ratelimit-remaining': '7', 'ratelimit-reset': '60' });
    expect(even.spare('details', 60)).toBe(7);
  });

  it.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': 'Sat, 31 Jan 2026 10:00:00 GMT', date: 'Sat, 31 Jan 2026 09:59:00 GMT' }, 60_000],
    [{ 'ratelimit-reset': '45' }, 45_000],
    [{ 'retry-after': '5', 'ratelimit-reset': '45' }, 5_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads from a 429 with %j that it waits %p ms', (headers, ms) => {
    expect(retryAfterMs(headers)).toBe(ms);
  });
});

describe('A token', () => {
  const holder = (lifeMs = HOUR_MS) => {
    const clock = new SteppedClock();
    let granted = 0;
    const fetch = async () => ({ value: new Secret(`token ${++granted}`), lifeMs });
    return { clock, tokens: new TokenHolder(clock, fetch), granted: () => granted };
  };

  it('serves its whole life, and whoever asks at the same time shares one call', async () => {
    const { clock, tokens, granted } = holder();
    await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    await clock.advance(HOUR_MS - 6_000);
    await tokens.get();
    expect(granted()).toBe(1);
    await clock.advance(6_000);
    await tokens.get();
    expect(granted()).toBe(2);
  });

  it('that is refused is fetched again once, also when several calls were refused with it', async () => {
    const { tokens, granted } = holder();
    const refused = await tokens.get();
    tokens.discard(refused);
    const next = await tokens.get();
    tokens.discard(refused);
    expect(await tokens.get()).toBe(next);
    expect(granted()).toBe(2);
  });
});

describe("The server's time", () => {
  const START = Date.UTC(2026, 0, 31, 9, 30);
  const open = () => {
    const clock = new SteppedClock(START);
    const server = new ServerClock(clock);
    /** An answer whose Date is so far from the true time, which passes with the monotonic clock. */
    const answer = (offMs = 0) => server.learn(new Date(START + clock.monotonic() + offMs).toUTCString());
    /** What is known now, as distances from the true time. */
    const known = () => {
      const now = START + clock.monotonic();
      return { now: server.now() - now, earliest: server.earliest() - now };
    };
    return { clock, server, answer, known };
  };

  it('is taken from its Date header, which counts whole seconds only', () => {
    const { server, answer, known } = open();
    answer(1_000);
    expect(known()).toEqual({ now: 0, earliest: 0 });
    answer(-HOUR_MS);
    expect(known()).toEqual({ now: -HOUR_MS, earliest: -HOUR_MS });
    server.learn('nonsense');
    server.learn(undefined);
    expect(known()).toEqual({ now: -HOUR_MS, earliest: -HOUR_MS });
  });

  it.each([
    ["the server's, an hour ahead", { wall: 0, served: HOUR_MS }, { now: HOUR_MS, earliest: 0 }],
    ["this machine's, an hour behind", { wall: -HOUR_MS, served: 0 }, { now: 0, earliest: -HOUR_MS }],
    ["this machine's, an hour ahead", { wall: HOUR_MS, served: 0 }, { now: 0, earliest: 0 }],
    ["this machine's, which was never set", { wall: -20_000 * HOUR_MS, served: 0 }, { now: 0, earliest: 0 }],
  ])('of two clocks that differ from the start counts as read as far as the earlier: %s', (_, off, expected) => {
    const { clock, answer, known } = open();
    clock.setWall(off.wall);
    answer(off.served);
    expect(known()).toEqual(expected);
  });

  it("does not move when this machine's clock jumps, before an answer or after it", () => {
    for (const jump of [48 * HOUR_MS, HOUR_MS, -HOUR_MS]) {
      const { clock, answer, known } = open();
      answer();
      clock.freeze(40 * MINUTE_MS);
      clock.setWall(jump);
      expect(known()).toEqual({ now: 0, earliest: 0 });
      answer();
      expect(known()).toEqual({ now: 0, earliest: 0 });
    }
  });

  it('that jumps ahead moves what counts as read only when both clocks say so, and back at once', () => {
    const { clock, answer, known } = open();
    answer();
    clock.freeze(MINUTE_MS);
    answer(48 * HOUR_MS);
    expect(known()).toEqual({ now: 48 * HOUR_MS, earliest: 0 });
    clock.freeze(10 * MINUTE_MS);
    answer();
    expect(known()).toEqual({ now: 0, earliest: 0 });
    answer(-HOUR_MS);
    expect(known()).toEqual({ now: -HOUR_MS, earliest: -HOUR_MS });
    // Two clocks that agree: the machine slept, and its monotonic clock with it.
    clock.setWall(5 * HOUR_MS);
    answer(5 * HOUR_MS);
    expect(known()).toEqual({ now: 5 * HOUR_MS, earliest: 5 * HOUR_MS });
  });
});

describe('A reading of a window', () => {
  const page = (...elements: string[]) => {
    const bytes = Buffer.from(`[${elements.join(',')}]`);
    const offsets: number[] = [];
    let at = 1;
    for (const element of elements) {
      offsets.push(at, at + element.length);
      at += element.length + 1;
    }
    return { bytes, offsets };
  };
  const read = (totalRows: number | undefined, ...pages: ReturnType<typeof page>[]) => {
    const reading = new Reading();
    for (const { bytes, offsets } of pages)
      reading.count(bytes, offsets, { rows: undefined, totalRows, nextPage: undefined });
    return reading;
  };

  it.each([
    ['all rows', read(3, page('1', '2'), page('3')), undefined],
    ['more than announced', read(2, page('1', '2'), page('3')), undefined],
    ['fewer', read(4, page('1', '2'), page('3')), 'fewer rows than announced'],
    ['a page in place of another', read(4, page('1', '2'), page('1', '2')), 'a page came twice'],
    ['a page twice, and all rows', read(3, page('1', '2'), page('1', '2'), page('3')), undefined],
    ['no number announced', read(undefined, page('1')), 'no number of rows announced'],
    ['nothing', read(undefined), 'nothing found'],
    ['an announced nothing', read(0), 'nothing found'],
  ])('of %s is in doubt as it should be', (_, reading, doubt) => {
    expect(reading.doubt).toBe(doubt);
  });

  it('follows no more than a score of pages that hold nothing, though no number was announced', () => {
    const reading = read(undefined, page('1'));
    let followed = 0;
    for (let next = 2; reading.follows(`https://a/${next}`); next++) {
      reading.count(Buffer.from('{}'), [], { rows: 0, totalRows: undefined, nextPage: `https://a/${next}` });
      followed += 1;
    }
    expect(followed).toBe(21);
    expect(reading.doubt).toBe('the pages do not end');
  });

  it('follows no address twice, and no sequence without end', () => {
    const reading = read(100, page('1'));
    expect(reading.follows('https://a/2')).toBe(true);
    expect(reading.follows('https://a/2')).toBe(false);
    expect(reading.doubt).toBe('the pages do not end');
    const endless = read(2, page('1'));
    let followed = 0;
    for (let next = 2; endless.follows(`https://a/${next}`); next++) {
      const { bytes, offsets } = page(String(next));
      endless.count(bytes, offsets, { rows: 1, totalRows: 2, nextPage: `https://a/${next}` });
      followed += 1;
    }
    expect(followed).toBeLessThan(20);
  });

  it('follows some thousand pages where no number is announced', () => {
    const reading = new Reading();
    let pages = 0;
    do {
      pages += 1;
      const { bytes, offsets } = page(String(pages));
      reading.count(bytes, offsets, { rows: undefined, totalRows: undefined, nextPage: undefined });
    } while (reading.follows(`https://a/${pages}`));
    expect(pages).toBe(4011);
    expect(reading.doubt).toBe('the pages do not end');
  });
});
