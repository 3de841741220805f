import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import type { OpenedStorage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { counted } from '../../counted.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { newExport } from './state-export.js';

/** Writes every value of the state to the file, or to the standard output. */
export async function exportState(
  { storage }: OpenedStorage,
  file: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const values: Record<string, unknown> = {};
  for (const key of await storage.keys('')) values[key] = await storage.get(key, z.unknown());
  const text = JSON.stringify(newExport(values, Date.now()), null, 2);
  if (file === undefined) {
    terminal.print(text);
    return EXIT.done;
  }
  await writeWhole(file, `${text}\n`);
  const count = Object.keys(values).length;
  terminal.print(
    terminal.json ? JSON.stringify({ file, values: count }) : `${counted(count, 'value')} written to ${file}.`,
  );
  return EXIT.done;
}

/** The whole file or none, for this user alone also when it was there before. */
async function writeWhole(file: string, text: string): Promise<void> {
  const half = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(half, text, { mode: 0o600 });
    await chmod(half, 0o600);
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw new UsageError(`${file} can't be written: ${(error as Error).message}. Name a file in a directory of yours.`);
  }
}
