import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SteppedClock, steppedClocks } from '../helpers/stepped-clock.js';
import { idleConnector, type ModuleRun, markers, startModule } from './module-run.js';
import { failures, type PlatformServer, startPlatformServer } from './platform-server.js';

describe('the way to the trigger log', () => {
  let platform: PlatformServer;
  const newClock = steppedClocks();
  let run: ModuleRun | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    run = undefined;
  });

  afterEach(async () => {
    await run?.stop();
    await platform.close();
  });

  const start = async (clock: SteppedClock, environment: Record<string, string | undefined> = {}) => {
    const { item, context } = idleConnector();
    run = await startModule({ platform, item, clock, environment, callTimeoutMs: 250 });
    return (await context).monitor;
  };

  it('posts lines beside the callback, with the token', async () => {
    const clock = newClock();
    const monitor = await start(clock);
    monitor.report({ code: 'sample', level: 'error', text: 'Look here.' });
    await clock.runUntil('the line', () => platform.logLines().length > 0, 60_000);
    expect(platform.to('/logs')).toEqual([
      {
        method: 'POST',
        path: '/api/v1/triggers/7/logs',
        authorization: `Bearer ${markers.token}`,
        text: '{"logs":[{"date":"2026-01-31T09:30:00.000000","level":"error","message":"Look here."}]}',
        body: { logs: [{ date: '2026-01-31T09:30:00.000000', level: 'error', message: 'Look here.' }] },
      },
    ]);
  });

  it('posts lines to url_logs when it is given', async () => {
    const clock = newClock();
    const monitor = await start(clock, { URL_LOGS: `${platform.url}/own/logs` });
    monitor.report({ code: 'sample', level: 'error', text: 'Look here.' });
    await clock.runUntil('the line', () => platform.logLines().length > 0, 60_000);
    expect(platform.to('/logs').map(({ path }) => path)).toEqual(['/own/logs']);
  });

  it('writes to the console alone, and says so, when there is no address', async () => {
    const clock = newClock();
    await start(clock, { URL_CALLBACK: `${platform.url}/hook`, URL_SECRETS: `${platform.url}/secrets` });
    expect(run?.lines.map(({ level, code }) => [level, code])).toEqual([['warning', 'log_url_missing']]);
    expect(await run?.stop()).toBe(0);
    expect(platform.to('/logs')).toEqual([]);
  });

  it.each(failures)('loses no line and no order to a failure: %j', async (failure) => {
    const clock = newClock();
    const monitor = await start(clock);
    platform.next('/logs', [failure, failure]);
    monitor.report({ code: 'sample', level: 'error', text: 'First.' });
    await clock.runUntil('a failure', () => platform.to('/logs').length === 1, 60_000);
    monitor.report({ code: 'sample', level: 'info', text: 'Second.' });
    monitor.report({ code: 'sample', level: 'error', text: 'Third.' });
    await clock.runUntil('the lines', () => platform.logLines().length >= 3, 60_000);
    expect(clock.monotonic()).toBe(3_000);
    expect(platform.logLines().map(({ message }) => message)).toEqual(['First.', 'Second.', 'Third.']);
  });

  it('masks credentials that a message carries, in every form', async () => {
    const clock = newClock();
    const monitor = await start(clock);
    const { secret, intakeKey, token } = markers;
    const basic = Buffer.from(secret).toString('base64');
    monitor.report({
      code: 'sample',
      level: 'error',
      text: `The server said ${secret}, ${intakeKey}, ${token}, ${basic}.`,
    });
    await clock.runUntil('the line', () => platform.logLines().length > 0, 60_000);
    const masked = 'The server said [secret], [secret], [secret], [secret].';
    expect(platform.logLines()[0]?.message).toBe(masked);
    expect(run?.lines[0]?.message).toBe(masked);
  });

  it('masks a credential that the module has registered', async () => {
    const clock = newClock();
    const { Secret } = await import('@sekoia/automation-sdk-ts');
    const monitor = await start(clock);
    monitor.hide(new Secret('session "1"'));
    monitor.report({ code: 'sample', level: 'error', text: 'Not session "1", not session%20%221%22.' });
    await clock.runUntil('the line', () => platform.logLines().length > 0, 60_000);
    expect(platform.logLines()[0]?.message).toBe('Not [secret], not [secret].');
  });
});
