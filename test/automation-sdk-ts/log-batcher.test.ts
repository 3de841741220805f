import { describe, expect, it } from '@jest/globals';
import { type Level, PlatformError } from '@sekoia/automation-sdk-ts';
import { LogBatcher } from '../../lib/automation-sdk-ts/src/log-batcher.js';
import type { LogEntry } from '../../lib/automation-sdk-ts/src/log-buffer.js';
import { fc } from '../helpers/properties.js';
import { SteppedClock } from '../helpers/stepped-clock.js';

/** A batcher whose batches arrive here, or fail while `failure` is set. */
function batcher() {
  const clock = new SteppedClock();
  const batches: LogEntry[][] = [];
  const state: { failure: unknown; attempts: number } = { failure: undefined, attempts: 0 };
  const said: string[] = [];
  const log = new LogBatcher(
    async (entries) => {
      state.attempts += 1;
      await Promise.resolve();
      if (state.failure !== undefined) throw state.failure;
      batches.push([...entries]);
    },
    clock,
    ({ level, text }) => void said.push(`${level} ${text}`),
  );
  const texts = () => batches.map((batch) => batch.map(({ message }) => message));
  return { clock, log, batches, texts, state, said };
}

const unreachable = new PlatformError('platform_unreachable', 'The platform is away.', undefined);
const deadline = () => new AbortController();

describe('the trigger log', () => {
  it('sends what was written in the last 5 s as one batch', async () => {
    const { clock, log, texts } = batcher();
    log.add('info', 'first');
    await clock.advance(3_000);
    log.add('debug', 'second');
    await clock.advance(1_999);
    expect(texts()).toEqual([]);
    await clock.advance(1);
    expect(texts()).toEqual([['first', 'second']]);
  });

  it('sends at 50 lines without waiting', async () => {
    const { clock, log, texts } = batcher();
    const lines = Array.from({ length: 51 }, (_, index) => `line ${index}`);
    for (const line of lines.slice(0, 49)) log.add('info', line);
    await clock.advance(0);
    expect(texts()).toEqual([]);
    log.add('info', 'line 49');
    log.add('info', 'line 50');
    await clock.advance(0);
    expect(texts()).toEqual([lines.slice(0, 50)]);
    await clock.advance(5_000);
    expect(texts()).toEqual([lines.slice(0, 50), ['line 50']]);
  });

  it.each<Level>(['error', 'critical'])(
    'sends at once what is written as %s, after what was written before',
    async (level) => {
      const { clock, log, texts } = batcher();
      log.add('info', 'before');
      await clock.advance(1_000);
      log.add(level, 'now');
      await clock.advance(0);
      expect(texts()).toEqual([['before', 'now']]);
    },
  );

  it('writes dates in UTC with microseconds and without an offset, rising within a millisecond', async () => {
    const { clock, log, batches } = batcher();
    log.add('info', 'first');
    log.add('error', 'second');
    await clock.advance(0);
    expect(batches).toEqual([
      [
        { date: '2026-01-31T09:30:00.000000', level: 'info', message: 'first' },
        { date: '2026-01-31T09:30:00.000001', level: 'error', message: 'second' },
      ],
    ]);
  });

  it('keeps no timer when nothing is to be sent', async () => {
    const { clock, log } = batcher();
    log.add('error', 'one');
    await clock.advance(0);
    expect(clock.sleepers).toBe(0);
  });

  it('sends the same line once in 60 s and then says how often it was repeated', async () => {
    const { clock, log, batches } = batcher();
    for (let second = 0; second < 60; second++) {
      log.add('info', 'again');
      await clock.advance(1_000);
    }
    log.add('info', 'again');
    await clock.advance(10_000);
    expect(batches.flat()).toEqual([
      { date: '2026-01-31T09:30:00.000000', level: 'info', message: 'again' },
      { date: '2026-01-31T09:31:00.000000', level: 'info', message: 'again (repeated 59 times)' },
      { date: '2026-01-31T09:31:00.000001', level: 'info', message: 'again' },
    ]);
  });

  it('tells the same text at another level apart', async () => {
    const { clock, log, texts } = batcher();
    log.add('info', 'same');
    log.add('warning', 'same');
    log.add('info', 'same');
    await clock.advance(5_000);
    expect(texts()).toEqual([['same', 'same']]);
  });

  it('sends one critical line in a run, and later ones as errors', async () => {
    const { clock, log, batches } = batcher();
    log.add('critical', 'the first');
    log.add('critical', 'the second');
    log.add('critical', 'the second');
    await clock.advance(0);
    expect(batches.flat().map(({ level, message }) => [level, message])).toEqual([
      ['critical', 'the first'],
      ['error', 'the second'],
    ]);
  });

  it('cuts a line that no log should hold', async () => {
    const { clock, log, batches } = batcher();
    log.add('error', 'x'.repeat(5_000));
    await clock.advance(0);
    expect(batches[0]?.[0]?.message).toBe(`${'x'.repeat(4_000)}…`);
  });

  it('keeps the order when sending fails, and tries again with growing pauses', async () => {
    const { clock, log, texts, state } = batcher();
    state.failure = unreachable;
    log.add('error', 'one');
    await clock.advance(0);
    expect(state.attempts).toBe(1);
    log.add('error', 'two');
    await clock.advance(999);
    expect(state.attempts).toBe(1);
    await clock.advance(1);
    expect(state.attempts).toBe(2);
    await clock.advance(2_000);
    expect(state.attempts).toBe(3);
    state.failure = undefined;
    log.add('info', 'three');
    await clock.advance(4_000);
    expect(texts()).toEqual([['one', 'two', 'three']]);
  });

  it('holds 1,000 lines through an hour without the platform, says how many it dropped, and keeps the order', async () => {
    const { clock, log, batches, state } = batcher();
    state.failure = unreachable;
    for (let second = 0; second < 3_600; second++) {
      log.add(second % 100 === 7 ? 'error' : 'info', `line ${second}`);
      await clock.advance(1_000);
    }
    state.failure = undefined;
    await clock.advance(120_000);
    const sent = batches.flat();
    const errors = Array.from({ length: 36 }, (_, index) => `line ${index * 100 + 7}`);
    expect(sent.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual(errors);
    const infos = sent.filter(({ level }) => level === 'info').map(({ message }) => Number(message.slice(5)));
    // The newest lines were kept, the oldest of the lowest level went first.
    expect(infos).toHaveLength(1_000 - 36);
    expect(infos).toEqual([...infos].sort((a, b) => a - b));
    expect(infos.at(-1)).toBe(3_599);
    expect(sent.at(-1)).toMatchObject({
      level: 'warning',
      message:
        '2600 lines were dropped from this log while the platform did not take it. The container log has every line.',
    });
    expect(sent.map(({ date }) => date)).toEqual(sent.map(({ date }) => date).sort());
  });

  it('says on the console, and there alone, that it is not taken: at first, every 10 minutes, and when it is over', async () => {
    const { clock, log, texts, state, said } = batcher();
    state.failure = unreachable;
    log.add('error', 'one');
    await clock.advance(0);
    const failing =
      'warning The trigger log does not reach the platform: The platform is away. Lines are kept and sent later; the container log has every line.';
    expect(said).toEqual([failing]);
    await clock.advance(599_000);
    expect(said).toEqual([failing]);
    await clock.advance(61_000);
    expect(said).toEqual([failing, failing]);
    state.failure = undefined;
    await clock.advance(60_000);
    expect(said).toEqual([failing, failing, 'info The trigger log reaches the platform again.']);
    expect(texts()).toEqual([['one']]);
  });

  it('gives up only the line that the platform will never accept', async () => {
    const clock = new SteppedClock();
    const accepted: string[] = [];
    const log = new LogBatcher(
      async (entries) => {
        if (entries.some(({ message }) => message === 'poison')) throw new PlatformError('platform_status', 'No.', 422);
        accepted.push(...entries.map(({ message }) => message));
      },
      clock,
      () => undefined,
    );
    for (const line of ['a', 'b', 'poison', 'c']) log.add('info', line);
    await clock.advance(5_000);
    await clock.advance(5_000);
    expect(accepted).toEqual([
      'a',
      'b',
      'c',
      '1 line was dropped from this log while the platform did not take it. The container log has every line.',
    ]);
  });

  it('sends the rest at the stop, the counted repeats included', async () => {
    const { log, texts } = batcher();
    log.add('info', 'last words');
    log.add('info', 'last words');
    log.add('info', 'last words');
    await log.close(deadline().signal);
    expect(texts()).toEqual([['last words', 'last words (repeated 2 times)']]);
  });

  it('goes on trying at the stop, until its deadline', async () => {
    const { clock, log, texts, state } = batcher();
    state.failure = unreachable;
    log.add('error', 'one');
    await clock.advance(0);
    const end = deadline();
    const closed = log.close(end.signal);
    await clock.advance(3_000);
    expect(state.attempts).toBe(5);
    state.failure = undefined;
    await clock.advance(1_000);
    await closed;
    expect(texts()).toEqual([['one']]);
  });

  it('abandons the call that hangs when the deadline of the stop has come', async () => {
    const clock = new SteppedClock();
    let wasAborted = false;
    const log = new LogBatcher(
      (_, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            wasAborted = true;
            reject(unreachable);
          });
        }),
      clock,
      () => undefined,
    );
    log.add('error', 'one');
    await clock.advance(0);
    const end = deadline();
    const closed = log.close(end.signal);
    end.abort();
    await closed;
    expect(wasAborted).toBe(true);
  });

  it('never sends a line out of order, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            pause: fc.integer({ min: 0, max: 9_000 }),
            level: fc.constantFrom<Level>('debug', 'info', 'warning', 'error'),
            fails: fc.boolean(),
          }),
          { maxLength: 80 },
        ),
        async (steps) => {
          const { clock, log, batches, state } = batcher();
          for (const [index, { pause, level, fails }] of steps.entries()) {
            state.failure = fails ? unreachable : undefined;
            log.add(level, `${index}`);
            await clock.advance(pause);
          }
          state.failure = undefined;
          const closed = log.close(deadline().signal);
          await clock.advance(70_000);
          await closed;
          expect(batches.flat().map(({ message }) => message)).toEqual(steps.map((_, index) => `${index}`));
        },
      ),
      { numRuns: 30 },
    );
  });
});
