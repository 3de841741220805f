import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { intakeKey, keyId, type Stage, secret } from './stage.js';

const program = fileURLToPath(new URL('../../dist/bin/lacework-trigger.js', import.meta.url));

/** What a command came to. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface CliProcess {
  readonly child: ChildProcess;
  /** What it has written to the standard error so far. */
  said(): string;
  readonly ended: Promise<CliResult>;
}

/** How a command is run. */
export interface CliOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly input?: string;
}

/** Starts the built program with nothing of this machine's settings but the path. */
export function startCli(args: readonly string[], { env = {}, cwd, input }: CliOptions = {}): CliProcess {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  child.stdin?.end(input ?? '');
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return {
    child,
    said: () => stderr,
    ended: once(child, 'close').then(([code]) => ({ code, stdout, stderr })),
  };
}

/** Runs it to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, options).ended;
}

/** The environment of a person who works on the stage's account, intake and state. */
export function operatorEnv(stage: Stage): NodeJS.ProcessEnv {
  return {
    LACEWORK_ACCOUNT: stage.emulator.url,
    LACEWORK_KEY_ID: keyId,
    LACEWORK_SECRET: secret,
    INTAKE_KEY: intakeKey,
    INTAKE_SERVER: stage.intake.url,
    SYMPHONY_DATA_DIR: stage.dataDirectory,
  };
}

/** The text with what differs from run to run replaced: ports, directories, durations. */
export function settled(text: string, stage: Stage): string {
  return text
    .replaceAll(new URL(stage.emulator.url).host, 'LACEWORK')
    .replaceAll(new URL(stage.intake.url).host, 'INTAKE')
    .replaceAll(stage.dataDirectory, 'DATA');
}
