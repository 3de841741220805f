import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigurationError, ModuleError } from '@sekoia/automation-sdk-ts';

/** A directory that this console alone works in. */
export interface ConsoleDirectory {
  readonly path: string;
  /** Lets the next console in. */
  release(): Promise<void>;
}

/** Another console works in the directory. */
export class DirectoryInUseError extends ModuleError {
  constructor(path: string, holder: number) {
    super(
      'console_directory_in_use',
      `Another console (process ${holder}) works in ${path}. Stop it, or give another directory with --directory.`,
    );
  }
}

/** Where the console keeps its files when nothing else is said (XDG base directories). */
export function defaultDirectory(environment: NodeJS.ProcessEnv): string {
  const data = environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  return join(data, 'lacework-console');
}

/** Takes the directory, readable by this user alone. Throws when another console that runs has it. */
export async function takeDirectory(given: string): Promise<ConsoleDirectory> {
  const path = resolve(given);
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((cause: Error) => {
    const text = `${path} can't be used as the console's directory (${cause.message}). Give another one with --directory.`;
    throw new ConfigurationError('console_directory', text, { cause });
  });
  const lock = join(path, 'console.pid');
  const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (holder > 0 && holder !== process.pid && isRunning(holder)) {
    throw new DirectoryInUseError(path, holder);
  }
  await rm(lock, { force: true });
  const file = await open(lock, 'wx', 0o600);
  await file.writeFile(String(process.pid));
  await file.close();
  return { path, release: () => rm(lock, { force: true }) };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user runs too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
