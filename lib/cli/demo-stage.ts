import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AcceptedEvent, type Intake, startIntake } from '../console/platform/intake.js';
import { type LogEntry, startPlatform } from '../console/platform/platform.js';
import { startTrigger, type TriggerProcess } from '../console/platform/start-trigger.js';
import { type Emulator, startEmulator } from '../emulator/emulator.js';
import { messages } from '../messages.js';
import { packageRoot } from '../package-root.js';
import { readOutput } from './read-output.js';

// 360 calls an hour: inside the API's budget of 480, with room for the looks further back.
const FREQUENCY_SECONDS = 10;
const POLL_ENDS: readonly string[] = [messages.pollEnded.kind.code, messages.nothingNew.kind.code];

/** What the stage tells while it plays. */
export interface DemoStageOptions {
  readonly onLogs: (entries: readonly LogEntry[]) => void;
  readonly onEvents: (events: readonly AcceptedEvent[]) => void;
  /** Fills the emulated API before the trigger starts. */
  readonly fill: (emulator: Emulator) => void;
  readonly environment: NodeJS.ProcessEnv;
}

/** A Lacework API, a platform and an intake on loopback, and the real entry point as a process between them. */
export interface DemoStage {
  readonly emulator: Emulator;
  readonly intake: Intake;
  readonly trigger: TriggerProcess;
  /** Resolves when the trigger's first poll is complete. */
  readonly polled: Promise<void>;
  /** The last lines that the process wrote beside its messages: why node could not start it, for instance. */
  readonly stray: readonly string[];
  /** Stops the trigger, then all else, and removes every file. */
  close(): Promise<void>;
}

/** Builds the stage and starts the trigger. */
export async function openDemoStage({ onLogs, onEvents, fill, environment }: DemoStageOptions): Promise<DemoStage> {
  const directory = await mkdtemp(join(tmpdir(), 'lacework-demo-'));
  const secret = randomBytes(16).toString('hex');
  const intakeKey = randomBytes(12).toString('hex');
  const emulator = await startEmulator({ keyId: 'DEMO', secret });
  fill(emulator);
  const platform = await startPlatform();
  const intake = await startIntake({ keys: [intakeKey], keepEvents: false, onEvents });

  const stray: string[] = [];
  let tellPolled = () => {};
  const polled = new Promise<void>((resolve) => {
    tellPolled = resolve;
  });
  const trigger = await startTrigger({
    entryPoint: join(packageRoot(), 'dist/bin/main.js'),
    command: 'fetch_new_logs',
    values: {
      place: platform.open({ secrets: { secret }, onLogs }),
      account: { account: emulator.url, keyId: 'DEMO' },
      // Nothing is to be left behind: no directory for the state, and no warning that it is on no volume.
      configuration: { frequency: FREQUENCY_SECONDS, intake_key: intakeKey, state_store: 'memory:' },
      intakeUrl: intake.url,
      livenessPort: 0,
      metricsPort: 0,
    },
    symphonyDirectory: join(directory, 'symphony'),
    dataDirectory: join(directory, 'data'),
    env: withoutProxies(environment),
    onOutput: readOutput({
      onCode: (code) => {
        if (POLL_ENDS.includes(code)) tellPolled();
      },
      onStray: (line) => {
        stray.push(line);
        stray.splice(0, stray.length - 20);
      },
    }),
  });
  return {
    emulator,
    intake,
    trigger,
    polled,
    stray,
    async close() {
      await trigger.stop();
      await Promise.all([emulator.close(), platform.close(), intake.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** All calls of the demo stay on loopback, where no proxy can follow. */
function withoutProxies(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/_proxy$/i.test(name)));
}
