import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AccountValidator,
  Connector,
  type ConnectorContext,
  CriticalError,
  createHttpClient,
  EventBatch,
  IntakeClient,
  type Item,
  Secret,
  StorageError,
} from '@sekoia/automation-sdk-ts';
import { freePort } from '../helpers/free-port.js';
import { type SteppedClock, steppedClocks } from '../helpers/stepped-clock.js';
import {
  type Account,
  type Configuration,
  configurationSchema,
  type ModuleRun,
  markers,
  startModule,
} from './module-run.js';
import { type Behaviour, failures, type PlatformServer, startPlatformServer } from './platform-server.js';

/** Each form in which a credential could be written. */
const needles = Object.values(markers).flatMap((value) => [
  value,
  encodeURIComponent(value),
  Buffer.from(value).toString('base64'),
  Buffer.from(value).toString('hex'),
]);

function expectClean(place: string, text: string): void {
  const found = needles.filter((needle) => text.includes(needle));
  expect({ place, found }).toEqual({ place, found: [] });
}

async function readAll(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return [...files, ...texts].join('\n');
}

describe('a credential', () => {
  const secret = new Secret(markers.secret);

  it.each([
    ['String()', () => String(secret)],
    ['a template literal', () => `${secret}`],
    ['JSON.stringify', () => JSON.stringify({ secret })],
    ['util.inspect', () => inspect({ secret }, { depth: 9, showHidden: true, getters: true })],
    ['concatenation', () => `a${secret}b`.concat(secret as unknown as string)],
    ['Object.entries', () => JSON.stringify(Object.entries(secret))],
  ])('is not told by %s', (_, write) => expectClean('the text', write()));
});

describe('everything that a module writes', () => {
  const newClock = steppedClocks();
  let platform: PlatformServer;
  let intake: PlatformServer;
  let clock: SteppedClock;
  let run: ModuleRun | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    intake = await startPlatformServer();
    clock = newClock();
    run = undefined;
  });

  afterEach(async () => {
    await run?.stop();
    await platform.close();
    await intake.close();
  });

  /** Tells its credentials at every turn, and ends differently each time. */
  const talkative = (failure: Behaviour, done: () => void): Item<Account> => {
    let attempt = 0;
    const work = async (context: ConnectorContext<Account, Configuration>) => {
      const { account, configuration, monitor, storage, files, metrics, http, signal } = context;
      const words = [account.secret.reveal(), configuration.intake_key.reveal(), markers.token].join(' and ');
      monitor.report({
        code: 'sample',
        level: 'info',
        text: `The forms are ${JSON.stringify({ account, configuration })}.`,
      });
      monitor.report({ code: 'sample', level: 'error', text: `Attempt ${attempt}: the server said ${words}.` });
      await storage.set('account', account);
      await files.set('configuration', configuration);
      metrics.forwarded(1);
      await context
        .sendEvent({ name: 'Sample', event: { attempt }, requestId: `run-${attempt}` })
        .catch(() => undefined);

      intake.next('/batch', [failure]);
      const client = new IntakeClient({
        url: intake.url,
        key: configuration.intake_key,
        http,
        userAgent: 'sample',
        compress: false,
        deadlineMs: 200,
      });
      const batch = new EventBatch();
      batch.add('{"a":1}');
      monitor.report({
        code: 'sample',
        level: 'warning',
        text: `The intake: ${JSON.stringify(await client.pushBatch(batch, signal))}.`,
      });
      const authorized = { headers: { authorization: `Bearer ${account.secret.reveal()}` } };
      const settings = { settings: http, userAgent: 'sample', timeoutMs: 200, maxBodyBytes: 1_000 };
      const error = await createHttpClient(settings)(`${intake.url}/batch`, authorized).catch((it: unknown) => it);

      attempt += 1;
      if (attempt === 1) throw error instanceof Error ? error : new Error(words, { cause: new Error(words) });
      if (attempt === 2) throw new StorageError('storage_failed', `It said ${words}.`, { detail: words });
      done();
      throw new CriticalError('refused', `The key ${words} is refused.`, { detail: words, cause: error });
    };
    return new Connector<Account, Configuration>({ configuration: configurationSchema, run: work });
  };

  it.each(failures)('is free of credentials, whatever fails: %j', async (failure) => {
    for (const path of ['/secrets', '/logs', '/callback']) platform.next(path, [failure, failure]);
    const [livenessPort, metricsPort] = [await freePort(), await freePort()];
    let isDone = false;
    const item = talkative(failure, () => {
      isDone = true;
    });
    run = await startModule({
      platform,
      item,
      clock,
      callTimeoutMs: 200,
      environment: { LIVENESS_PORT: `${livenessPort}`, METRICS_PORT: `${metricsPort}`, INTAKE_URL: intake.url },
    });
    await clock.runUntil('the end of the work', () => isDone, 365 * 86_400_000, 25_000);
    await clock.runUntil(
      'the critical line',
      () => platform.logLines().some(({ level }) => level === 'critical'),
      365 * 86_400_000,
    );

    expectClean('the metrics', await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text());
    expectClean('the health', await (await fetch(`http://127.0.0.1:${livenessPort}/health`)).text());
    const stored = await readAll(join(run.directory.path, 'data'));
    expect(stored).toContain('[secret]');
    expectClean('the state', stored);
    expect(await run.stop()).toBe(0);
    expect(run.output()).toContain('the server said [secret] and [secret] and [secret].');
    expectClean('the console', run.output());
    expectClean('the bodies to the platform', platform.calls.map(({ text, path }) => path + text).join('\n'));
  });

  it.each([
    [
      'a configuration',
      { CONNECTOR_CONFIGURATION: JSON.stringify({ intake_key: markers.intakeKey, frequency: markers.secret }) },
    ],
    ['an account', { MODULE_CONFIGURATION: JSON.stringify({ host: [markers.secret], other: markers.token }) }],
    ['a configuration that is no JSON', { CONNECTOR_CONFIGURATION: `{"intake_key":"${markers.intakeKey}` }],
    ['an address', { URL_CALLBACK: `no address ${markers.token}` }],
  ])('is free of credentials when %s is wrong', async (_, environment) => {
    run = await startModule({ platform, item: talkative({ kind: 'reset' }, () => undefined), clock, environment });
    await clock.runUntil('the critical line', () => run?.output().includes('"critical"') ?? false, 60_000);
    expect(await run.stop()).toBe(0);
    expectClean('the console', run.output());
    expectClean('the bodies to the platform', platform.calls.map(({ text }) => text).join('\n'));
  });

  it.each(failures)('is free of credentials when an account is checked: %j', async (failure) => {
    platform.answers['/callback'] = { module_configuration: { value: { host: 'a', secret: markers.secret } } };
    platform.next('/callback', [failure, failure]);
    const check = new AccountValidator<Account>({
      check: ({ account, monitor }) => {
        monitor.report({ code: 'sample', level: 'error', text: `It said ${account.secret.reveal()}.` });
        throw new Error(`It said ${account.secret.reveal()} and ${markers.token}.`);
      },
    });
    run = await startModule({ platform, item: check, clock, callTimeoutMs: 200 });
    let hasEnded = false;
    void run.ended.finally(() => {
      hasEnded = true;
    });
    await clock.runUntil('the end', () => hasEnded, 86_400_000);
    expect(platform.calls.at(-1)?.body).toEqual({
      status: 'finished',
      results: { success: false },
      error: 'It said [secret] and [secret].',
    });
    expectClean('the console', run.output());
    expectClean('the bodies to the platform', platform.calls.map(({ text }) => text).join('\n'));
  });
});
