import { readFile } from 'node:fs/promises';
import { counted } from '../../counted.js';
import { confirm } from '../confirm.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import type { HeldState } from '../workplace.js';
import { type StateExport, stateExport } from './state-export.js';

/** Reads what `state export` has written. */
export async function readExport(file: string): Promise<StateExport> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} ${code === undefined ? 'is not JSON' : `can't be read (${code})`}.`);
  }
  const read = stateExport.safeParse(content);
  if (read.success) return read.data;
  throw new UsageError(`${file} is no state that state export has written.`);
}

/** Replaces the state. The checkpoint comes last: an import that is cut short is made again, and nothing is lost by it. */
export async function importState(
  { values, exportedAt }: StateExport,
  { state: { storage }, lease }: HeldState,
  yes: boolean,
  terminal: Terminal,
): Promise<number> {
  const before = await storage.keys('');
  const keys = Object.keys(values);
  const question = `The state in ${storage.description} (${counted(before.length, 'value')}) is replaced by the one of ${exportedAt} (${counted(keys.length, 'value')}).`;
  if (!(await confirm(question, yes, terminal))) return EXIT.wrong;
  const isCheckpoint = (key: string) => key.startsWith('checkpoint-');
  for (const key of [...keys.filter((key) => !isCheckpoint(key)), ...keys.filter(isCheckpoint)]) {
    lease.assertHeld();
    await storage.set(key, values[key]);
  }
  await storage.delete(before.filter((key) => !(key in values)));
  terminal.print(
    terminal.json ? JSON.stringify({ values: keys.length }) : `${counted(keys.length, 'value')} imported.`,
  );
  return EXIT.done;
}
