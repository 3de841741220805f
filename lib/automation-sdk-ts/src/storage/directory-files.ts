import { access, mkdir, readdir, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { syncDirectory } from './directory-sync.js';
import { errorCode } from './error-code.js';

/** What the name of a file ends in while it is being written. */
export const TEMPORARY = '.tmp';

const ABANDONED_AFTER_MS = 60_000;

/** Makes a directory and those above it, for their owner only, and makes their names durable. */
export async function makeDirectory(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const top = dirname(resolve(first));
  for (let parent = dirname(resolve(directory)); ; parent = dirname(parent)) {
    await syncDirectory(parent);
    if (parent === top) return;
  }
}

/** The relative paths of all files in a folder of `root`, at any depth; none when the folder is not there. */
export async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const found = entries.map(async (entry) => {
    const path = folder + entry.name;
    return entry.isDirectory() ? await listFiles(root, `${path}/`) : [path];
  });
  return (await Promise.all(found)).flat();
}

/** Removes what writers that were killed have left; files of the last minute may belong to one that is at work. */
export async function removeAbandonedFiles(root: string, now: number): Promise<void> {
  for (const file of await listFiles(root, '')) {
    if (!file.endsWith(TEMPORARY)) continue;
    const path = join(root, file);
    const written = await stat(path).catch(() => undefined);
    if (written && now - written.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}

/** Removes a file; false when there was none. */
export async function removeIfThere(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Whether something has this name. */
export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
