import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningConsole } from '../console/start-console.js';
import { type Emulator, startEmulator } from '../emulator/emulator.js';
import { type Random, seededRandom } from '../emulator/seeded-random.js';
import { addressOf, openConsole } from './console.js';
import { addBelievable, addSamples, trickle } from './demo-alerts.js';
import { untilAborted } from './interruption.js';

const BELIEVABLE_AT_START = 9;
const MANY = 100;
const KEEP_EVENTS = 200_000;
const LOOPBACK = { host: '127.0.0.1', token: undefined };

/** What the demo of the console needs. */
export interface DemoConsoleOptions {
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  readonly environment: NodeJS.ProcessEnv;
}

/** The console with an emulated Lacework API beside it, until `signal`; nothing is left behind. Returns the exit code. */
export async function runDemoConsole({ signal, print, environment }: DemoConsoleOptions): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'lacework-console-'));
  const key = { keyId: 'DEMO', secret: randomBytes(12).toString('hex') };
  const emulator = await startEmulator(key);
  const random = seededRandom(Date.now());
  addSamples(emulator, Date.now());
  for (let serial = 1; serial <= BELIEVABLE_AT_START; serial += 1) addBelievable(emulator, random, serial, Date.now());
  const running = await openDemoConsole({ directory, environment, emulator, key, random });
  print('');
  print(`  The console is at  ${addressOf(LOOPBACK, running.port)}`);
  print('');
  print(`  A Lacework API is emulated at ${emulator.url}: key ID ${key.keyId}, secret ${key.secret}.`);
  print('  Follow the three steps on the page. Ctrl+C stops everything, and nothing is left behind.');
  void trickle(emulator, random, BELIEVABLE_AT_START + 1, Date.now, signal);
  await untilAborted(signal);
  await running.close();
  await emulator.close();
  await rm(directory, { recursive: true, force: true });
  return 0;
}

interface DemoParts {
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly emulator: Emulator;
  readonly key: { readonly keyId: string; readonly secret: string };
  readonly random: Random;
}

function openDemoConsole({ directory, environment, emulator, key, random }: DemoParts): Promise<RunningConsole> {
  let serial = 1_000_000;
  // The newest of the documentation's alerts, until there is a newer one.
  let newest = 210;
  const add = () => {
    serial += 1;
    newest = addBelievable(emulator, random, serial, Date.now());
  };
  const view = { account: { account: emulator.url, ...key } };
  const alerts = {
    one: add,
    many: () => Array.from({ length: MANY }, add),
    change: () =>
      emulator.change(newest, { severity: random.pick(['Critical', 'High', 'Medium']), status: 'In Progress' }),
  };
  return openConsole(
    { ...LOOPBACK, directory, keepEvents: KEEP_EVENTS, environment, demo: { emulator, alerts, view } },
    undefined,
  );
}
