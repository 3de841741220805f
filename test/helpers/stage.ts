import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Intake, type IntakeOptions, startIntake } from '../../lib/console/platform/intake.js';
import { type LogEntry, type Place, type Platform, startPlatform } from '../../lib/console/platform/platform.js';
import { startTrigger, type TriggerProcess } from '../../lib/console/platform/start-trigger.js';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator/emulator.js';
import { freePort } from './free-port.js';
import { temporaryDirectory } from './temporary-directory.js';

/** The credentials of a stage; each can be searched for in what a trigger writes. */
export const keyId = 'TESTKEY_0123456789ABCDEF';
export const secret = '_marker-lacework-secret_';
export const intakeKey = 'marker-intake-key';

/** The built product. */
const entryPoint = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));

export interface StageOptions {
  readonly emulator?: Partial<EmulatorOptions>;
  readonly intake?: IntakeOptions;
}

export interface StartOptions {
  /** `fetch_new_logs` when not given. */
  readonly command?: string;
  /** Put over the account form's values; the secret goes another way. */
  readonly account?: Readonly<Record<string, unknown>>;
  /** Put over the configuration form's values. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly kind?: 'trigger' | 'connector';
  readonly env?: NodeJS.ProcessEnv;
  readonly nodeOptions?: readonly string[];
  /** Runtime values beyond the usual ones. */
  readonly values?: Readonly<Record<string, string>>;
}

/** A trigger of the stage that runs. */
export interface StageTrigger extends TriggerProcess {
  /** Everything that the process has written so far. */
  output(): string;
  /** What has arrived in the trigger log since this start. */
  logs(): LogEntry[];
  readonly livenessPort: number;
  readonly metricsPort: number;
}

/** Everything that a trigger meets, on loopback: a Lacework API, a platform, an intake, a disk. */
export interface Stage {
  readonly emulator: Emulator;
  readonly platform: Platform;
  readonly intake: Intake;
  /** Where the trigger's log and playbook runs arrive. */
  readonly place: Place;
  readonly symphonyDirectory: string;
  readonly dataDirectory: string;
  /** Starts the built entry point as a process; a later start finds the state of an earlier one. */
  start(options?: StartOptions): Promise<StageTrigger>;
  /** Kills what still runs, and removes everything. */
  close(): Promise<void>;
}

/** Builds a stage. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const directory = await temporaryDirectory();
  const emulator = await startEmulator({ keyId, secret, ...options.emulator });
  const platform = await startPlatform();
  const intake = await startIntake({ keys: [intakeKey], ...options.intake });
  const account = { account: emulator.url, keyId };
  const place = platform.open({ secrets: { secret }, account: { ...account, secret } });
  const symphonyDirectory = join(directory.path, 'symphony');
  const dataDirectory = join(directory.path, 'data');
  const running = new Set<TriggerProcess>();
  return {
    emulator,
    platform,
    intake,
    place,
    symphonyDirectory,
    dataDirectory,
    async start(start = {}) {
      const livenessPort = await freePort();
      const metricsPort = await freePort();
      const logsBefore = place.logs.length;
      let output = '';
      const trigger = await startTrigger({
        entryPoint,
        command: start.command ?? 'fetch_new_logs',
        values: {
          place,
          account: { ...account, ...start.account },
          configuration: { frequency: 1, intake_key: intakeKey, ...start.configuration },
          ...(start.kind ? { kind: start.kind } : {}),
          intakeUrl: intake.url,
          livenessPort,
          metricsPort,
          ...(start.values ? { more: start.values } : {}),
        },
        symphonyDirectory,
        dataDirectory,
        // Nothing of the machine's own settings (a proxy, a certificate) may change a test.
        env: { PATH: process.env['PATH'], HOME: directory.path, ...start.env },
        ...(start.nodeOptions ? { nodeOptions: start.nodeOptions } : {}),
        onOutput: (text) => {
          output += text;
        },
      });
      running.add(trigger);
      void trigger.exit.then(() => running.delete(trigger));
      return {
        ...trigger,
        livenessPort,
        metricsPort,
        output: () => output,
        logs: () => place.logs.slice(logsBefore),
      };
    },
    async close() {
      await Promise.all([...running].map((trigger) => trigger.kill()));
      await Promise.all([emulator.close(), platform.close(), intake.close()]);
      await directory.remove();
    },
  };
}
