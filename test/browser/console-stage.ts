import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startConsole } from '../../lib/console/start-console.js';
import { changeFields } from '../../lib/emulator/change-fields.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import type { Sample } from '../helpers/samples.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const LOOPBACK = '127.0.0.1';
const HOUR = 3_600_000;
/** Enough for a poll every second: the walk has no time to wait. */
export const CALLS_PER_HOUR = 10_000;

/** The credentials of the emulated account. */
export const key = { keyId: 'ACME_0123456789ABCDEF', secret: '_marker-lacework-secret_' };

/** A console with an emulated Lacework API beside it, both on loopback. */
export interface ConsoleStage {
  /** Where a page finds it. */
  readonly url: string;
  readonly directory: string;
  readonly emulator: Emulator;
  /** Ends the console, and starts another at the same address and with the same directory, after `pauseMs`. */
  restart(pauseMs: number): Promise<void>;
  close(): Promise<void>;
}

interface StageOptions {
  readonly directory?: string;
  readonly keepEvents?: number;
  readonly token?: string;
  /** The host of its pages' address, where that is not loopback: it listens on all addresses then. */
  readonly host?: string;
}

/** Starts a console, empty unless `directory` is one of an earlier run. */
export async function openConsoleStage({
  directory,
  keepEvents = 200_000,
  token,
  host,
}: StageOptions = {}): Promise<ConsoleStage> {
  const temporary = directory === undefined ? await temporaryDirectory() : { path: directory, remove: async () => {} };
  const emulator = await startEmulator({ ...key, rateLimitPerHour: CALLS_PER_HOUR });
  const start = (port: number) =>
    startConsole({
      directory: temporary.path,
      root: process.cwd(),
      host: host === undefined ? LOOPBACK : '0.0.0.0',
      port,
      token,
      keepEvents,
      environment: { PATH: process.env['PATH'], HOME: temporary.path },
      onError: (error) => console.error(error),
      demo: { emulator, alerts: {}, view: { account: { account: emulator.url, keyId: key.keyId } } },
    });
  let running = await start(0);
  const { port } = running;
  return {
    url: `http://${host ?? LOOPBACK}:${port}`,
    directory: temporary.path,
    emulator,
    async restart(pauseMs) {
      await running.close();
      await delay(pauseMs);
      running = await start(port);
    },
    async close() {
      await running.close();
      await emulator.close();
      await temporary.remove();
    },
  };
}

/** Adds the documentation's seven samples, one for each of the last full hours; returns what each must become. */
export function addSamples(emulator: Emulator, now: number): Sample[] {
  const lastHour = now - (now % HOUR) - HOUR;
  return [1, 2, 3, 4, 5, 6, 7].map(readSample).map((sample, index, all) => {
    const start = new Date(lastHour - (all.length - 1 - index) * HOUR);
    const end = new Date(start.getTime() + HOUR);
    const times = { startTime: start.toISOString(), endTime: end.toISOString() };
    const message = changeFields(sample.message, times);
    emulator.add(message);
    const [from, to] = [start, end].map((time) => time.toISOString().replace('.000Z', 'Z'));
    return { ...sample, message, '@timestamp': from, event: { ...(sample['event'] as object), start: from, end: to } };
  });
}

function readSample(number: number): Sample {
  return JSON.parse(readFileSync(`test/fixtures/samples/event_0${number}.json`, 'utf8'));
}
