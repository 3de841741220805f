import { runModule } from '@sekoia/automation-sdk-ts';
import { type Intake, startIntake } from '../../lib/console/platform/intake.js';
import { type LogEntry, type Place, type Platform, startPlatform } from '../../lib/console/platform/platform.js';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator/emulator.js';
import { laceworkModule } from '../../triggers/module.js';
import { freePort } from '../helpers/free-port.js';
import { watchIdle } from '../helpers/idle-process.js';
import { SteppedClock } from '../helpers/stepped-clock.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

const keyId = 'TESTKEY_0123456789ABCDEF';
const secret = '_marker-lacework-secret_';
const intakeKey = 'marker-intake-key';

export interface SimulationOptions {
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly emulator?: Partial<EmulatorOptions>;
  /** The longest one call to the intake may last; real time. */
  readonly intakeMs?: number;
  /** The longest one call to Lacework may last; real time. */
  readonly laceworkMs?: number;
}

/** The whole module in this process, on a clock that the test steps, against servers whose clock is the same. */
export interface Simulation {
  readonly clock: SteppedClock;
  readonly emulator: Emulator;
  readonly platform: Platform;
  readonly place: Place;
  readonly intake: Intake;
  /** Resolves when the module does nothing but wait for the clock. */
  idle(): Promise<void>;
  /** Starts the module; a later start finds the state of an earlier one. */
  start(configuration?: Readonly<Record<string, unknown>>): Promise<SimulatedRun>;
  close(): Promise<void>;
}

/** The module while it runs. */
export interface SimulatedRun {
  /** The console's lines so far. */
  readonly lines: { readonly code: string; readonly level: LogEntry['level']; readonly message: string }[];
  health(): Promise<number>;
  /** What /metrics answers. */
  scrape(): Promise<string>;
  /** The value of a metric, by the end of its name. */
  metric(name: string): Promise<number>;
  /** Asks it to stop; the exit code. */
  stop(): Promise<number>;
}

/** Builds a simulation. */
export async function openSimulation(options: SimulationOptions = {}): Promise<Simulation> {
  const directory = await temporaryDirectory();
  const { idle, release } = watchIdle();
  const clock = new SteppedClock(undefined, idle);
  const now = () => clock.now();
  const emulator = await startEmulator({ keyId, secret, now, ...options.emulator });
  const platform = await startPlatform();
  const intake = await startIntake({ keys: [intakeKey], now });
  const place = platform.open({ secrets: { secret } });
  const running = new Set<SimulatedRun>();
  return {
    clock,
    emulator,
    platform,
    place,
    intake,
    idle,
    async start(configuration = {}) {
      const [livenessPort, metricsPort] = [await freePort(), await freePort()];
      const lines: SimulatedRun['lines'] = [];
      const stopped = new AbortController();
      let ended = false;
      const exit = runModule(
        laceworkModule({ intakeMs: options.intakeMs ?? 5_000, laceworkMs: options.laceworkMs ?? 20_000 }),
        {
          command: 'fetch_new_logs',
          signal: stopped.signal,
          clock,
          writeLine: (line) => void lines.push(JSON.parse(line)),
          environment: {
            SYMPHONY_DIR: `${directory.path}/symphony`,
            SYMPHONY_DATA_DIR: `${directory.path}/data`,
            MODULE_CONFIGURATION: JSON.stringify({ account: emulator.url, keyId }),
            TRIGGER_CONFIGURATION: JSON.stringify({
              intake_key: intakeKey,
              ...options.configuration,
              ...configuration,
            }),
            TRIGGER_CONFIGURATION_UUID: place.id,
            TOKEN: place.token,
            URL_CALLBACK: place.urlCallback,
            INTAKE_URL: intake.url,
            LIVENESS_PORT: String(livenessPort),
            METRICS_PORT: String(metricsPort),
          },
        },
      ).finally(() => {
        ended = true;
      });
      const run: SimulatedRun = {
        lines,
        async health() {
          return (await fetch(`http://127.0.0.1:${livenessPort}/health`, { headers: { connection: 'close' } })).status;
        },
        async scrape() {
          const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`, { headers: { connection: 'close' } });
          return answer.text();
        },
        async metric(name) {
          const line = (await run.scrape())
            .split('\n')
            .find((each) => new RegExp(`^\\w*${name}(\\{.*\\})? `).test(each));
          return Number(line?.split(' ').at(-1));
        },
        async stop() {
          running.delete(run);
          stopped.abort();
          await clock.runUntil('the module ends', () => ended, 60_000);
          return exit;
        },
      };
      running.add(run);
      return run;
    },
    async close() {
      for (const run of running) await run.stop();
      await Promise.all([emulator.close(), platform.close(), intake.close()]);
      release();
      await directory.remove();
    },
  };
}
