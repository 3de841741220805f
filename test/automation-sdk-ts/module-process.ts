import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { markers } from './module-run.js';
import type { PlatformServer } from './platform-server.js';

/** A module that runs as a process. */
export interface ModuleProcess {
  readonly child: ChildProcess;
  /** What it wrote so far, to both streams. */
  output(): string;
  /** Ends with its exit code; removes what it kept. */
  readonly ended: Promise<number | null>;
}

/** Starts the built sample module, or the one at `entryPoint`, with all that the platform gives. */
export async function startModuleProcess(
  platform: PlatformServer,
  command: string,
  environment: Readonly<Record<string, string>> = {},
  entryPoint = fileURLToPath(new URL('./sample-module.mjs', import.meta.url)),
): Promise<ModuleProcess> {
  const directory = await temporaryDirectory();
  platform.answers['/secrets'] ??= { value: { secret: markers.secret } };
  const child = spawn(process.execPath, [entryPoint, command], {
    env: {
      ...process.env,
      SYMPHONY_DIR: `${directory.path}/symphony`,
      SYMPHONY_DATA_DIR: `${directory.path}/data`,
      MODULE_CONFIGURATION: '{"host":"api.example.com"}',
      CONNECTOR_CONFIGURATION: JSON.stringify({ intake_key: markers.intakeKey }),
      TOKEN: markers.token,
      URL_CALLBACK: platform.callbackUrl,
      INTAKE_URL: 'https://intake.example.com',
      LIVENESS_PORT: '0',
      METRICS_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    child,
    output: () => output,
    ended: once(child, 'close').then(async ([code]) => {
      await directory.remove();
      return code as number | null;
    }),
  };
}
