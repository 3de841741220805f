import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { steppedClocks } from '../helpers/stepped-clock.js';
import { idleConnector, type ModuleRun, markers, startModule } from './module-run.js';
import { failures, type PlatformServer, startPlatformServer } from './platform-server.js';

describe('the secrets of the account', () => {
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

  it('are fetched with the token and merged into the account before it is validated', async () => {
    const { item, context } = idleConnector();
    run = await startModule({ platform, item });
    expect((await context).account.secret.reveal()).toBe(markers.secret);
    expect(platform.to('/secrets')).toEqual([
      {
        method: 'GET',
        path: '/api/v1/triggers/7/secrets',
        authorization: `Bearer ${markers.token}`,
        text: '',
        body: undefined,
      },
    ]);
  });

  it('are fetched from url_secrets when it is given', async () => {
    const { item, context } = idleConnector();
    run = await startModule({ platform, item, environment: { URL_SECRETS: `${platform.url}/own/secrets` } });
    await context;
    expect(platform.to('/secrets').map(({ path }) => path)).toEqual(['/own/secrets']);
  });

  it('are not asked for when the module has none that is kept apart', async () => {
    const { item, context } = idleConnector();
    const environment = { MODULE_CONFIGURATION: '{"host":"api.example.com","secret":"in the form"}' };
    run = await startModule({ platform, item, secrets: [], environment });
    expect((await context).account.secret.reveal()).toBe('in the form');
    expect(platform.to('/secrets')).toEqual([]);
  });

  it.each([...failures, { kind: 'status', status: 401 } as const, { kind: 'json', body: { values: {} } } as const])(
    'are fetched again after a failure: %j',
    async (failure) => {
      const clock = newClock();
      platform.next('/secrets', [failure]);
      const { item, context } = idleConnector();
      run = await startModule({ platform, item, clock, callTimeoutMs: 250 });
      let hasStarted = false;
      void context.then(() => {
        hasStarted = true;
      });
      await clock.runUntil('the start', () => hasStarted, 60_000);
      expect(platform.to('/secrets')).toHaveLength(2);
      expect(run.lines.map(({ level, code }) => [level, code])).toEqual([['warning', 'secrets_delayed']]);
      expect(run.lines[0]?.message).toMatch(/ The next attempt is in 1 s\.$/);
    },
  );

  it('are given up after 10 attempts, at most 10 s apart, with a critical line', async () => {
    const clock = newClock();
    platform.next('/secrets', [], { kind: 'status', status: 503 });
    run = await startModule({ platform, item: idleConnector().item, clock });
    await clock.runUntil(
      'the critical line',
      () => platform.logLines().some(({ level }) => level === 'critical'),
      600_000,
    );
    const host = new URL(platform.url).host;
    expect(platform.to('/secrets')).toHaveLength(10);
    expect(run.lines.map(({ message }) => /next attempt is in (\d+) s/.exec(message)?.[1]).slice(0, 9)).toEqual([
      '1',
      '2',
      '4',
      '8',
      '10',
      '10',
      '10',
      '10',
      '10',
    ]);
    expect(clock.monotonic()).toBe((1 + 2 + 4 + 8 + 5 * 10) * 1_000);
    expect(run.lines.at(-1)?.message).toBe(
      `The account's secrets could not be fetched in 10 attempts. The platform ${host} answered with status 503. Check that this container reaches the platform, then start the item again.`,
    );
    expect(await run.stop()).toBe(0);
  });

  it('are not waited for when the module must stop', async () => {
    const clock = newClock();
    platform.next('/secrets', [], { kind: 'status', status: 503 });
    run = await startModule({ platform, item: idleConnector().item, clock });
    await clock.runUntil('an attempt', () => (run?.lines.length ?? 0) > 0, 60_000);
    expect(await run.stop()).toBe(0);
    expect(run.lines.map(({ level }) => level)).not.toContain('critical');
  });
});
