import type { OpenedStorage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { counted } from '../../counted.js';
import { replaceFile } from '../../replace-file.js';
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
  await replaceFile(file, `${text}\n`).catch((error: Error) => {
    throw new UsageError(`${file} can't be written: ${error.message}. Name a file in a directory of yours.`);
  });
  const count = Object.keys(values).length;
  terminal.print(
    terminal.json ? JSON.stringify({ file, values: count }) : `${counted(count, 'value')} written to ${file}.`,
  );
  return EXIT.done;
}
