import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStage, type Stage, type StartOptions } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('The account check behind the sidebar form', () => {
  const check = (account: StartOptions['account'] = {}) =>
    stage.start({ command: 'validate_module_configuration', account });

  it('says that it runs, and then that the account works', async () => {
    const task = await check();
    expect(await task.exit).toEqual({ code: 0, signal: null });
    expect(stage.place.taskStatuses).toEqual([
      { status: 'running' },
      { status: 'finished', results: { success: true } },
    ]);
    expect(stage.emulator.calls.map(({ called, status }) => `${called} ${status}`)).toEqual(['token 201', 'list 204']);
  });

  it('says why the account does not work, and what to do', async () => {
    stage.emulator.faults.set({ kind: 'status', status: 403, on: 'list' });
    await (await check()).exit;
    expect(stage.place.taskStatuses.at(-1)).toEqual({
      status: 'finished',
      results: { success: false },
      error: expect.stringMatching(
        /doesn't let this API key read alerts \(status 403\)\. Give its service user read access/,
      ),
    });
  });

  it('says until when Lacework allows no calls, and does not wait for it', async () => {
    stage.emulator.faults.set({ kind: 'too-many-requests', says: 'rate-limit-reset', seconds: 1800 });
    expect(await (await check()).exit).toEqual({ code: 0, signal: null });
    expect(stage.place.taskStatuses.at(-1)).toEqual({
      status: 'finished',
      results: { success: false },
      error: expect.stringMatching(
        /^127\.0\.0\.1:\d+ allows no more calls until 2\d{3}-.* UTC \(status 429\)\. Try again then\.$/,
      ),
    });
  });

  it('does not wait for a token either, once the calls for tokens are used up', async () => {
    await stage.close();
    stage = await openStage({ emulator: { rateLimitPerHour: 1 } });
    stage.emulator.faults.set({ kind: 'token-lost' });
    expect(await (await check()).exit).toEqual({ code: 0, signal: null });
    expect(stage.emulator.calls.map(({ called, status }) => `${called} ${status}`)).toEqual(['token 201', 'list 401']);
    expect(stage.place.taskStatuses.at(-1)).toEqual({
      status: 'finished',
      results: { success: false },
      error: expect.stringMatching(
        /^The calls that 127\.0\.0\.1:\d+ allows are used up until 2\d{3}-.* UTC\. Try again then\.$/,
      ),
    });
  });

  it('ends with 0 and without a critical line when it is stopped', async () => {
    stage.emulator.faults.set({ kind: 'hang-before-headers' });
    const task = await check();
    await waitUntil('a call', () => stage.emulator.calls.length > 0);
    expect(await task.stop()).toEqual({ code: 0, signal: null });
    expect(task.logs().filter(({ level }) => level === 'critical')).toEqual([]);
    expect(task.output()).not.toContain('"critical"');
  });
});
