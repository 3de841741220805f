import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CriticalError, LeaseLostError, PlatformError, StorageError } from '@sekoia/automation-sdk-ts';
import { keepsFailing, restartDelayMs } from '../../lib/automation-sdk-ts/src/restart-rules.js';
import { type SteppedClock, steppedClocks } from '../helpers/stepped-clock.js';
import { connector, type ModuleRun, startModule, untilAborted } from './module-run.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('the rule of repeated errors', () => {
  const base = { errorsInARow: 5, runningMs: 30 * MINUTE, sinceEventMs: 6 * MINUTE };

  it.each([
    ['five errors, 30 minutes, a fifth of them without an event', base, true],
    ['four errors', { ...base, errorsInARow: 4 }, false],
    ['a start less than 30 minutes ago', { ...base, runningMs: 30 * MINUTE - 1 }, false],
    ['an event within a fifth of the running time', { ...base, sinceEventMs: 6 * MINUTE - 1 }, false],
    ['no event for a day, after weeks', { errorsInARow: 9, runningMs: 30 * DAY, sinceEventMs: DAY }, true],
    [
      'an event less than a day ago, after weeks',
      { errorsInARow: 9, runningMs: 30 * DAY, sinceEventMs: DAY - 1 },
      false,
    ],
  ])('%s', (_, history, isCritical) => {
    expect(keepsFailing(history)).toBe(isCritical);
  });

  it('waits 1 s before the first restart, doubles it, and never waits longer than a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 500].map(restartDelayMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });
});

describe('the loop around run()', () => {
  const newClock = steppedClocks();
  let platform: PlatformServer;
  let clock: SteppedClock;
  let run: ModuleRun | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    clock = newClock();
    run = undefined;
  });

  afterEach(async () => {
    await run?.stop();
    await platform.close();
  });

  const codes = () => run?.lines.map(({ level, code }) => `${level} ${code}`) ?? [];

  it('starts run() again after each error, with growing pauses', async () => {
    const starts: number[] = [];
    const item = connector(async () => {
      starts.push(clock.monotonic());
      throw new Error(`failure ${starts.length}`);
    });
    run = await startModule({ platform, item, clock });
    await clock.runUntil('five starts', () => starts.length === 5, MINUTE);
    expect(starts).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
    expect(run.lines[0]).toMatchObject({
      level: 'error',
      code: 'trigger_failed',
      message: 'The trigger ended with an error: failure 1. It starts again in 1 s.',
    });
  });

  it('starts run() again when it returns although nobody stopped it', async () => {
    let starts = 0;
    const item = connector(async ({ signal }) => {
      starts += 1;
      if (starts === 2) await untilAborted(signal);
    });
    run = await startModule({ platform, item, clock });
    await clock.runUntil('a second start', () => starts === 2, MINUTE);
    expect(codes()).toEqual(['warning trigger_ended']);
  });

  it('is critical after 30 minutes of errors without an event, and works no more, answers no error, and ends with 0', async () => {
    let starts = 0;
    let signal: AbortSignal | undefined;
    const item = connector(async (context) => {
      starts += 1;
      signal = context.signal;
      throw new Error('it is broken');
    });
    run = await startModule({ platform, item, clock });
    await clock.runUntil('a start', () => starts > 0, MINUTE);
    await clock.advance(30 * MINUTE - 1);
    expect(codes()).not.toContain('critical trigger_keeps_failing');
    await clock.advance(MINUTE);
    expect(signal?.aborted).toBe(true);
    const { level, message } = run.lines.at(-1) ?? {};
    expect({ level, message }).toEqual({
      level: 'critical',
      message: `The trigger failed ${starts} times in a row, and no event has gone out for 0.5 h. The last error: it is broken. It stops here; mend the cause, then start it again.`,
    });

    const before = starts;
    await clock.advance(2 * HOUR);
    expect(starts).toBe(before);
    expect(await run.stop()).toBe(0);
  });

  it.each<[string, (context: { succeeded: () => void; forwarded: () => void }) => void]>([
    ['a poll that succeeds', ({ succeeded }) => succeeded()],
    ['an event that is sent', ({ forwarded }) => forwarded()],
  ])('counts from zero again after %s', async (_, work) => {
    let starts = 0;
    const item = connector(async ({ succeeded, metrics }) => {
      starts += 1;
      if (starts % 4 === 0) work({ succeeded, forwarded: () => metrics.forwarded(1) });
      throw new Error('it is broken');
    });
    run = await startModule({ platform, item, clock });
    await clock.runUntil('a start', () => starts > 0, MINUTE);
    await clock.advance(45 * MINUTE);
    expect(starts).toBeGreaterThan(100);
    expect(codes()).not.toContain('critical trigger_keeps_failing');
  });

  it.each([
    ['the store', new StorageError('storage_failed', 'The store does not answer.'), 'error trigger_interrupted'],
    [
      'the platform with 503',
      new PlatformError('platform_status', 'It answered 503.', 503),
      'error trigger_interrupted',
    ],
    ['the platform without an answer', new PlatformError('x', 'It is away.', undefined), 'error trigger_interrupted'],
    ['a lost lease', new LeaseLostError('lease_lost', 'The lease ran out.'), 'warning lease_lost'],
  ])('does not count a failure of %s', async (_, error, expected) => {
    const item = connector(() => Promise.reject(error));
    run = await startModule({ platform, item, clock });
    await clock.runUntil('a start', () => codes().length > 0, MINUTE);
    await clock.advance(45 * MINUTE);
    expect(codes().length).toBeGreaterThan(40);
    expect(new Set(codes())).toEqual(new Set([expected]));
  });

  it('counts a refusal by the platform', async () => {
    const item = connector(() => Promise.reject(new PlatformError('platform_status', 'It answered 404.', 404)));
    run = await startModule({ platform, item, clock });
    await clock.runUntil('a start', () => codes().length > 0, MINUTE);
    await clock.advance(31 * MINUTE);
    expect(codes().at(-1)).toBe('critical trigger_keeps_failing');
  });

  it('is critical at once for what only a person can mend', async () => {
    const item = connector(() =>
      Promise.reject(new CriticalError('key_refused', 'The key is refused. Make a new one.')),
    );
    run = await startModule({ platform, item, clock });
    await clock.runUntil('the line', () => platform.logLines().length > 0, MINUTE);
    expect(codes()).toEqual(['critical key_refused']);
    expect(platform.logLines()).toEqual([
      { date: '2026-01-31T09:30:00.000000', level: 'critical', message: 'The key is refused. Make a new one.' },
    ]);
    expect(await run.stop()).toBe(0);
  });

  it('aborts the work before monitor.report of a critical line returns', async () => {
    const seen: boolean[] = [];
    const item = connector(async ({ monitor, signal }) => {
      seen.push(signal.aborted);
      monitor.report({ code: 'key_refused', level: 'critical', text: 'The key is refused.' });
      seen.push(signal.aborted);
    });
    run = await startModule({ platform, item, clock });
    await clock.runUntil('the line', () => platform.logLines().length > 0, MINUTE);
    expect(seen).toEqual([false, true]);
    await clock.advance(HOUR);
    expect(codes()).toEqual(['critical key_refused']);
  });

  it('keeps stacks on the console and out of the trigger log', async () => {
    const item = connector(() => Promise.reject(new Error('it is broken', { cause: new Error('deep down') })));
    run = await startModule({ platform, item, clock });
    await clock.runUntil('the line', () => platform.logLines().length > 0, MINUTE);
    expect(run.lines[0]?.detail).toMatch(/Error: it is broken\n {4}at .*\n[\s\S]*Caused by: Error: deep down\n {4}at /);
    expect(platform.logLines()[0]?.message).toBe(
      'The trigger ended with an error: it is broken. It starts again in 1 s.',
    );
  });
});
