import { describe, expect, it } from '@jest/globals';
import { type Message, type Monitor, memoryStorage, type Storage } from '@sekoia/automation-sdk-ts';
import { CallHistory } from '../../lib/collector/call-history.js';
import { RateLimit } from '../../lib/lacework/rate-limit.js';
import { SteppedClock } from '../helpers/stepped-clock.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const PER_HOUR = 20;

const open = async (storage: Storage, clock: SteppedClock, said: Message[] = []) => {
  const monitor: Monitor = { report: (message) => void said.push(message), heartbeat: () => {}, hide: () => {} };
  const limit = new RateLimit(clock, PER_HOUR);
  const history = new CallHistory(storage, limit, clock);
  await history.load(monitor);
  return { limit, history };
};

describe('The history of calls', () => {
  it('is kept after ten calls and when asked to, and a later start goes on with it', async () => {
    const storage = memoryStorage();
    const clock = new SteppedClock();
    const { limit, history } = await open(storage, clock);
    for (let calls = 0; calls < 9; calls++) limit.count('alerts');
    await history.keep();
    expect((await open(storage, clock)).limit.spare('alerts', 0)).toBe(20);
    clock.freeze(30 * MINUTE_MS);
    limit.count('alerts');
    await history.keep();
    const restarted = new SteppedClock(clock.now() + 10 * MINUTE_MS);
    const { limit: next } = await open(storage, restarted);
    expect(next.spare('alerts', 0)).toBe(10);
    expect(next.made).toBe(0);
    restarted.freeze(20 * MINUTE_MS);
    expect(next.spare('alerts', 0)).toBe(19);
    restarted.freeze(30 * MINUTE_MS);
    expect(next.spare('alerts', 0)).toBe(20);
    limit.count('tokens');
    await history.keep(1);
    expect((await open(storage, clock)).limit.spare('alerts', 0)).toBe(9);
  });

  it('makes a start wait when the hour is used up, at most an hour, also on a clock that was set back', async () => {
    const storage = memoryStorage();
    const clock = new SteppedClock();
    const { limit, history } = await open(storage, clock);
    for (let calls = 0; calls < PER_HOUR; calls++) limit.count('alerts');
    await history.keep();
    for (const setBy of [0, -5 * HOUR_MS]) {
      const { limit: next } = await open(storage, new SteppedClock(clock.now() + setBy));
      expect(next.waitMs('tokens')).toBe(HOUR_MS);
    }
    const { limit: later } = await open(storage, new SteppedClock(clock.now() + HOUR_MS));
    expect(later.waitMs('tokens')).toBe(0);
  });
});
