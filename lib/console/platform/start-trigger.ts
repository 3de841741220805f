import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from './platform.js';

/** What the platform tells a trigger when it starts it. */
export interface RuntimeValues {
  readonly place: Place;
  /** The account form's values, without the secrets. */
  readonly account: Readonly<Record<string, unknown>>;
  /** The configuration form's values. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Whether the form is a trigger's, the default, or a connector's. */
  readonly kind?: 'trigger' | 'connector';
  readonly intakeUrl?: string;
  readonly livenessPort?: number;
  readonly metricsPort?: number;
  /** Values beyond these, by their names in the protocol. */
  readonly more?: Readonly<Record<string, string>>;
}

/** What is started, and where. */
export interface TriggerProcessOptions {
  /** The built entry point, a path. */
  readonly entryPoint: string;
  /** The item's `docker_parameters`. */
  readonly command: string;
  readonly values: RuntimeValues;
  /** Where the values are written, for the trigger to read; emptied at every start. */
  readonly symphonyDirectory: string;
  /** What the trigger keeps; survives a restart when it is the same. */
  readonly dataDirectory: string;
  /** The environment of the process, beside the two directories; this process's own when not given. */
  readonly env?: NodeJS.ProcessEnv;
  /** Options for node itself. */
  readonly nodeOptions?: readonly string[];
  /** Is told what the process writes, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** How a process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A trigger that runs. */
export interface TriggerProcess {
  readonly pid: number;
  /** Resolves when the process has ended and its output is complete. */
  readonly exit: Promise<ProcessExit>;
  /** Asks it to stop, as the platform does, and resolves when it has ended. */
  stop(): Promise<ProcessExit>;
  /** Ends it at once, without a word (kill -9). */
  kill(): Promise<ProcessExit>;
}

/** Starts an item's real entry point as the platform does: values in files, one argument. */
export async function startTrigger(options: TriggerProcessOptions): Promise<TriggerProcess> {
  const { symphonyDirectory, dataDirectory, onOutput } = options;
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  await writeRuntimeValues(symphonyDirectory, options.values);
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), options.entryPoint, options.command], {
    env: { ...(options.env ?? process.env), SYMPHONY_DIR: symphonyDirectory, SYMPHONY_DATA_DIR: dataDirectory },
    // By the end of the channel a trigger knows that whoever started it is gone, however that one ended.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text));
  }
  const exit = once(child, 'close').then(([code, signal]): ProcessExit => ({ code, signal }));
  await once(child, 'spawn');
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exit;
  };
  return { pid: child.pid as number, exit, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** Writes one file a value, readable by this user alone. */
async function writeRuntimeValues(directory: string, values: RuntimeValues): Promise<void> {
  const { place, kind = 'trigger', intakeUrl, livenessPort, metricsPort } = values;
  const form = JSON.stringify(values.configuration);
  const files: Record<string, string | undefined> = {
    module_configuration: JSON.stringify(values.account),
    trigger_configuration: kind === 'trigger' ? form : undefined,
    trigger_configuration_uuid: kind === 'trigger' ? place.id : undefined,
    connector_configuration: kind === 'connector' ? form : undefined,
    connector_configuration_uuid: kind === 'connector' ? place.id : undefined,
    token: place.token,
    url_callback: place.urlCallback,
    url_logs: place.urlLogs,
    url_secrets: place.urlSecrets,
    intake_url: intakeUrl,
    liveness_port: livenessPort?.toString(),
    metrics_port: metricsPort?.toString(),
    ...values.more,
  };
  // What an earlier start was told must not be read again.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const [name, value] of Object.entries(files)) {
    if (value !== undefined) await writeFile(join(directory, name), value, { mode: 0o600 });
  }
}
