import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccountContext, AccountValidator, type AccountVerdict } from '@sekoia/automation-sdk-ts';
import { steppedClocks } from '../helpers/stepped-clock.js';
import { type Account, type ModuleRun, markers, startModule } from './module-run.js';
import { failures, type PlatformServer, startPlatformServer } from './platform-server.js';

describe('an account check', () => {
  const newClock = steppedClocks();
  let platform: PlatformServer;
  let run: ModuleRun | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    platform.answers['/callback'] = {
      module_configuration: { value: { host: 'api.example.com', secret: markers.secret } },
    };
    run = undefined;
  });

  afterEach(async () => {
    await run?.stop();
    await platform.close();
  });

  const check = async (verdict: (context: AccountContext<Account>) => Promise<AccountVerdict>, clock = newClock()) => {
    run = await startModule({ platform, item: new AccountValidator({ check: verdict }), clock, callTimeoutMs: 250 });
    let code: number | undefined;
    void run.ended.then((ended) => {
      code = ended;
    });
    await clock.runUntil('the end', () => code !== undefined, 600_000);
    return { code, patches: platform.to('/callback').map(({ method, body }) => ({ method, body })) };
  };

  it('says that it runs, checks the account that comes with the answer, and says that it has finished', async () => {
    const seen: string[] = [];
    const outcome = await check(async ({ account }) => {
      seen.push(account.host, account.secret.reveal());
      return { success: true };
    });
    expect(outcome).toEqual({
      code: 0,
      patches: [
        { method: 'PATCH', body: { status: 'running' } },
        { method: 'PATCH', body: { status: 'finished', results: { success: true } } },
      ],
    });
    expect(seen).toEqual(['api.example.com', markers.secret]);
  });

  it('says why the account does not work, without its secret', async () => {
    const { code, patches } = await check(async ({ account }) => ({
      success: false,
      error: `The key ${account.secret.reveal()} is refused. Make a new one.`,
    }));
    expect(code).toBe(0);
    expect(patches[1]?.body).toEqual({
      status: 'finished',
      results: { success: false },
      error: 'The key [secret] is refused. Make a new one.',
    });
  });

  it('says what is wrong with the form', async () => {
    platform.answers['/callback'] = { module_configuration: { value: { secret: markers.secret } } };
    const { patches } = await check(async () => ({ success: true }));
    expect(patches[1]?.body).toEqual({
      status: 'finished',
      results: { success: false },
      error: 'Account: host is missing.',
    });
  });

  it('takes a check that throws for an account that does not work', async () => {
    const { code, patches } = await check(() => Promise.reject(new Error('the host has no such name')));
    expect(code).toBe(0);
    expect(patches[1]?.body).toEqual({
      status: 'finished',
      results: { success: false },
      error: 'the host has no such name',
    });
  });

  it.each(failures)('is told again after a failure of the platform: %j', async (failure) => {
    platform.next('/callback', [failure]);
    const { code, patches } = await check(async () => ({ success: true }));
    expect(code).toBe(0);
    expect(patches.map(({ body }) => (body as { status: string }).status)).toEqual(['running', 'running', 'finished']);
  });

  it('is given up after 10 attempts, with 1 and a line on the console', async () => {
    platform.next('/callback', [], { kind: 'status', status: 503 });
    const { code, patches } = await check(async () => ({ success: true }));
    expect(code).toBe(1);
    expect(patches).toEqual(new Array(10).fill({ method: 'PATCH', body: { status: 'running' } }));
    expect(run?.lines.map(({ level, code }) => [level, code])).toEqual([['critical', 'validation_undelivered']]);
  });

  it('ends with 1 and a line on the console when the platform refuses to hear of it', async () => {
    platform.next('/callback', [], { kind: 'status', status: 404 });
    const { code, patches } = await check(async () => ({ success: true }));
    expect(code).toBe(1);
    expect(patches).toHaveLength(1);
    expect(run?.lines.map(({ level, code }) => [level, code])).toEqual([['critical', 'validation_undelivered']]);
    expect(platform.to('/logs')).toEqual([]);
  });
});
