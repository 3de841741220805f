import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Intake, startIntake } from '../../lib/console/platform/intake.js';
import { startPlatform } from '../../lib/console/platform/platform.js';
import { startTrigger } from '../../lib/console/platform/start-trigger.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { bytesBelow, cpuMs, peakMemoryMb } from './process-figures.js';

/** What is collected, and how. */
export interface Load {
  readonly alerts: number;
  readonly pageSize: number;
  readonly format: 'raw' | 'normalized';
  /** How far back they began, 23 hours when not given; more than the lookback is history. */
  readonly hours?: number;
}

/** What one process needed for it. */
export interface Figures {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** CPU before the first call: what it costs to start. */
  readonly startCpuMs: number;
  /** From the start of the process to its first call. */
  readonly firstCallMs: number;
  readonly peakMb: number;
  readonly calls: number;
  readonly stateBytes: number;
}

/** CPU of the trigger while nothing happens. */
export interface RestFigures {
  readonly polls: number;
  readonly calls: number;
  readonly cpuMsPerPoll: number;
}

const HOUR_MS = 3_600_000;
const MANY = 1_000_000;
const WARM_UP_POLLS = 30;
const credentials = { keyId: 'BENCH', secret: 'bench-secret', intakeKey: 'bench-intake-key' };
// From dist/test/bench, where this file is built to.
const entryPoint = fileURLToPath(new URL('../../bin/main.js', import.meta.url));
const bareLoop = fileURLToPath(new URL('./bare-loop.js', import.meta.url));
const environment = { PATH: process.env['PATH'] };

interface Servers {
  readonly emulator: Emulator;
  readonly intake: Intake;
  close(): Promise<void>;
}

async function openServers(load: Load): Promise<Servers> {
  const { keyId, secret, intakeKey } = credentials;
  const emulator = await startEmulator({ keyId, secret, pageSize: load.pageSize, rateLimitPerHour: MANY });
  const intake = await startIntake({ keys: [intakeKey], keepEvents: false, countOnly: true });
  const now = Date.now();
  const crowd = {
    count: load.alerts,
    seed: 1,
    from: now - (load.hours ?? 23) * HOUR_MS,
    to: now - 600_000,
    shuffledIds: true,
  };
  if (load.alerts > 0) emulator.addGenerated(crowd);
  return {
    emulator,
    intake,
    async close() {
      await Promise.all([emulator.close(), intake.close()]);
    },
  };
}

/** Runs the trigger, as the platform starts it, until it has delivered everything. */
export async function runTrigger(load: Load): Promise<Figures> {
  const servers = await openServers(load);
  const history = load.hours === undefined ? {} : { start_time: String(load.hours + 1), lookback_hours: 2 };
  const trigger = await openTrigger(servers, { event_format: load.format, frequency: 900, ...history });
  try {
    const begun = await firstCall(servers, trigger.pid);
    await until(() => trigger.output().includes('"poll_ended"'));
    const figures = await measure(trigger.pid, servers, begun);
    if (servers.intake.accepted !== load.alerts)
      throw new Error(`${servers.intake.accepted} of ${load.alerts} arrived.`);
    return { ...figures, stateBytes: await bytesBelow(trigger.dataDirectory) };
  } finally {
    await trigger.close();
    await servers.close();
  }
}

/** Runs the bare loop until it has delivered everything. */
export async function runBareLoop(load: Load): Promise<Figures> {
  const servers = await openServers(load);
  const { keyId, secret, intakeKey } = credentials;
  const args = [bareLoop, servers.emulator.url, servers.intake.url, keyId, secret, intakeKey, load.format];
  const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  await once(child, 'spawn');
  const pid = child.pid as number;
  try {
    const begun = await firstCall(servers, pid);
    await until(() => servers.intake.accepted >= load.alerts);
    return { ...(await measure(pid, servers, begun)), stateBytes: 0 };
  } finally {
    child.kill('SIGKILL');
    await servers.close();
  }
}

/** Lets the trigger poll an account where nothing happens, once a second, for `seconds`. */
export async function runAtRest(seconds: number): Promise<RestFigures> {
  const servers = await openServers({ alerts: 0, pageSize: 1000, format: 'normalized' });
  const trigger = await openTrigger(servers, { frequency: 1 });
  try {
    // The first polls still compile what the others only run.
    await until(() => servers.emulator.calls.length >= WARM_UP_POLLS);
    const callsBefore = servers.emulator.calls.length;
    const pollsBefore = countPolls(trigger.output());
    const cpuBefore = await cpuMs(trigger.pid);
    await delay(seconds * 1000);
    const polls = countPolls(trigger.output()) - pollsBefore;
    const cpuMsPerPoll = ((await cpuMs(trigger.pid)) - cpuBefore) / polls;
    return { polls, calls: servers.emulator.calls.length - callsBefore, cpuMsPerPoll };
  } finally {
    await trigger.close();
    await servers.close();
  }
}

async function openTrigger(servers: Servers, configuration: Readonly<Record<string, unknown>>) {
  const { keyId, secret, intakeKey } = credentials;
  const directory = await temporaryDirectory();
  const dataDirectory = join(directory.path, 'data');
  const platform = await startPlatform();
  let output = '';
  const trigger = await startTrigger({
    entryPoint,
    command: 'fetch_new_logs',
    values: {
      place: platform.open({ secrets: { secret } }),
      account: { account: servers.emulator.url, keyId },
      configuration: { intake_key: intakeKey, ratelimit_per_hour: MANY, ...configuration },
      intakeUrl: servers.intake.url,
      livenessPort: 0,
      metricsPort: 0,
    },
    symphonyDirectory: join(directory.path, 'symphony'),
    dataDirectory,
    env: environment,
    nodeOptions: process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [],
    onOutput: (text) => {
      output += text;
    },
  });
  return {
    pid: trigger.pid,
    dataDirectory,
    output: () => output,
    async close() {
      await trigger.stop();
      await platform.close();
      await directory.remove();
    },
  };
}

interface Begun {
  readonly spawnedAt: number;
  readonly startCpuMs: number;
  readonly firstCallMs: number;
}

async function firstCall({ emulator }: Servers, pid: number): Promise<Begun> {
  const spawnedAt = Date.now();
  await until(() => emulator.calls.length > 0, 1);
  return { spawnedAt, startCpuMs: await cpuMs(pid), firstCallMs: (emulator.calls[0]?.at ?? Number.NaN) - spawnedAt };
}

async function measure(pid: number, { emulator }: Servers, begun: Begun): Promise<Omit<Figures, 'stateBytes'>> {
  const { spawnedAt, startCpuMs, firstCallMs } = begun;
  return {
    wallMs: Date.now() - spawnedAt,
    cpuMs: await cpuMs(pid),
    startCpuMs,
    firstCallMs,
    peakMb: await peakMemoryMb(pid),
    calls: emulator.calls.length,
  };
}

async function until(condition: () => boolean, everyMs = 5): Promise<void> {
  while (!condition()) await delay(everyMs);
}

function countPolls(output: string): number {
  return output.split('"nothing_new"').length - 1;
}
