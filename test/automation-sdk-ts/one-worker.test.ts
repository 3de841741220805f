import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Connector, LeaseLostError } from '@sekoia/automation-sdk-ts';
import { freePort } from '../helpers/free-port.js';
import { type SteppedClock, steppedClocks } from '../helpers/stepped-clock.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import {
  type Account,
  type Configuration,
  configurationSchema,
  type ModuleRun,
  startModule,
  untilAborted,
} from './module-run.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

describe('two processes with one configuration', () => {
  let platform: PlatformServer;
  const newClock = steppedClocks();
  let clock: SteppedClock;
  let shared: Awaited<ReturnType<typeof temporaryDirectory>>;
  let runs: ModuleRun[];
  let working: string[];

  beforeEach(async () => {
    platform = await startPlatformServer();
    clock = newClock();
    shared = await temporaryDirectory();
    runs = [];
    working = [];
  });

  afterEach(async () => {
    for (const run of runs) await run.stop();
    await platform.close();
    await shared.remove();
  });

  const worker = (name: string) =>
    new Connector<Account, Configuration>({
      configuration: configurationSchema,
      stateStore: () => `file://${shared.path}`,
      identity: ({ host }) => host,
      async run({ signal, lease }) {
        lease.assertHeld();
        working.push(name);
        await untilAborted(signal);
        working = working.filter((other) => other !== name);
      },
    });

  const start = async (name: string, environment: Record<string, string> = {}) => {
    const run = await startModule({ platform, item: worker(name), clock, environment });
    runs.push(run);
    return run;
  };

  const waiting = ({ lines }: ModuleRun) => lines.filter(({ code }) => code === 'lease_waiting').length;

  it('do not work at the same time: the second says so once, stays healthy, and takes over', async () => {
    const first = await start('first');
    await clock.runUntil('the first at work', () => working.length === 1, 60_000);
    const [port, metricsPort] = [await freePort(), await freePort()];
    const second = await start('second', { LIVENESS_PORT: `${port}`, METRICS_PORT: `${metricsPort}` });
    await clock.runUntil('the second waiting', () => waiting(second) === 1, 60_000);
    await clock.runUntil('an hour', () => clock.monotonic() > 3_600_000, 4_000_000);
    expect(working).toEqual(['first']);
    expect(waiting(second)).toBe(1);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    // Its figures are those of its intake already.
    const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(figures).toContain('symphony_module_common_forwarded_events_total{intake_key="92f399f43dcf"} 0');

    await first.stop();
    await clock.runUntil('the second at work', () => working.includes('second'), 60_000);
    expect(working).toEqual(['second']);

    // It is at work now, and asked for its heartbeat again.
    const silentAt = clock.monotonic() + 301_000;
    await clock.runUntil('a silence', () => clock.monotonic() >= silentAt, 400_000);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(500);
  });

  it('work side by side when the platform gives them configurations of their own', async () => {
    await start('first', { CONNECTOR_CONFIGURATION_UUID: '0192f0c1-0000-7000-8000-000000000001' });
    await start('second', { TRIGGER_CONFIGURATION_UUID: '0192f0c1-0000-7000-8000-000000000002' });
    await clock.runUntil('both at work', () => working.length === 2, 60_000);
    expect(working.sort()).toEqual(['first', 'second']);
  });

  it('take turns when the lease was lost: the work is ended, and begun again with a new lease', async () => {
    let attempts = 0;
    const ends: unknown[] = [];
    const item = new Connector<Account, Configuration>({
      configuration: configurationSchema,
      stateStore: () => `file://${shared.path}`,
      async run({ signal, lease }) {
        attempts += 1;
        await untilAborted(signal);
        try {
          lease.assertHeld();
        } catch (error) {
          ends.push(error);
        }
      },
    });
    const run = await startModule({ platform, item, clock });
    runs.push(run);
    await clock.runUntil('the work', () => attempts === 1, 60_000);
    clock.freeze(120_000);
    await clock.runUntil('the next attempt', () => attempts === 2, 60_000);
    expect(ends).toEqual([expect.any(LeaseLostError)]);
    expect(run.lines.map(({ level, code }) => [level, code])).toContainEqual(['warning', 'lease_lost']);
  });
});
