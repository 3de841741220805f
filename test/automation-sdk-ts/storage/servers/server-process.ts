import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A server of a test, which can be killed, frozen and started again at the same address. */
export interface Server {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Stops it in its tracks: connections stay open, nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Ends it for good and removes its files. */
  remove(): Promise<void>;
}

/** The path of a program, or undefined when this machine has none; on the build machine that is an error. */
export function findProgram(name: string): string | undefined {
  const postgres = '/usr/lib/postgresql';
  const versions = entriesOf(postgres).map((version) => join(postgres, version, 'bin'));
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', ...versions];
  const found = directories.map((directory) => join(directory, name)).find(isExecutable);
  if (found === undefined && process.env['CI'] === 'true') throw new Error(`${name} is not installed.`);
  return found;
}

/** Said instead of tests that need a program which is not installed. */
export function skipNotice(name: string): string {
  return `SKIPPED: ${name} is not installed on this machine (.ci/services installs it)`;
}

/** A program that runs until it is killed. */
export class RunningProgram {
  readonly #child: ChildProcess;

  constructor(program: string, args: readonly string[], user: { uid?: number; gid?: number } = {}) {
    this.#child = spawn(program, args, { stdio: 'ignore', ...user });
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.hasEnded) return;
    const exit = once(this.#child, 'exit');
    this.signalAll('SIGCONT');
    this.#child.kill(signal);
    await exit;
  }

  /** Signals the program and the processes that it has started. */
  signalAll(signal: NodeJS.Signals): void {
    const pid = this.#child.pid ?? 0;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    for (const each of [pid, ...children]) signalProcess(each, signal);
  }
}

/** Signals the process, unless it has ended by itself meanwhile. */
function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
