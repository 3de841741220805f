import { DamagedValueError, type Storage } from '@sekoia/automation-sdk-ts';
import { type KeptLetter, listLetters, readLetter } from '../../collector/kept-letters.js';
import { counted } from '../../counted.js';
import { EXIT } from '../exit-codes.js';
import { printable } from '../printable.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** Prints a line for each dead letter. */
export async function printLetters(files: Storage, terminal: Terminal): Promise<number> {
  const { json, print, paint } = terminal;
  const names = await listLetters(files);
  let damaged = 0;
  if (!json && names.length > 0) {
    print(paint('bold', 'TIME                  KIND         ALERT         BYTES  ID, REASON'));
  }
  for (const { id, bytes } of names) {
    const letter = await readIfSound(files, id, terminal);
    if (letter === undefined) damaged += 1;
    else print(json ? JSON.stringify(withoutText(letter, bytes)) : row(letter, bytes, terminal));
  }
  const total = names.reduce((sum, { bytes }) => sum + bytes, 0);
  if (!json)
    print(`${counted(names.length, 'dead letter')}, ${(total / 1_000_000).toFixed(1)} MB, in ${files.description}`);
  return damaged === 0 ? EXIT.done : EXIT.wrong;
}

/** Prints one dead letter whole. */
export async function showLetter(files: Storage, id: string, { json, print, paint }: Terminal): Promise<number> {
  const letter = await readLetter(files, id);
  if (letter === undefined) throw noSuchLetter(id);
  if (json) {
    print(JSON.stringify(letter));
    return EXIT.done;
  }
  for (const [name, value] of [
    ['time', letter.time],
    ['kind', letter.kind],
    ['reason', letter.reason],
    ['alert', letter.alertId ?? 'without id'],
  ] as const) {
    print(`${paint('quiet', name.padEnd(6))}  ${printable(value)}`);
  }
  print('');
  print(letter.text);
  return EXIT.done;
}

/** What is said of an id that is not there. */
export function noSuchLetter(id: string): UsageError {
  return new UsageError(`There is no dead letter ${printable(id)}. dead-letters list shows their ids.`);
}

/** The letter; undefined, and a word about it, when it can't be read. */
export async function readIfSound(files: Storage, id: string, { tell }: Terminal): Promise<KeptLetter | undefined> {
  try {
    return await readLetter(files, id);
  } catch (error) {
    if (!(error instanceof DamagedValueError)) throw error;
    tell('error', error.code, error.message, { id });
    return undefined;
  }
}

function withoutText({ text: _, ...letter }: KeptLetter, bytes: number): object {
  return { ...letter, bytes };
}

function row({ id, time, kind, alertId, reason }: KeptLetter, bytes: number, { paint }: Terminal): string {
  const alert = printable(alertId ?? '-').slice(0, 12);
  const head = `${time.slice(0, 19).replace('T', ' ')}Z  ${kind.padEnd(11)}  ${alert.padEnd(12)}  ${String(bytes).padStart(5)}`;
  return `${head}  ${id}\n${' '.repeat(49)}${paint('quiet', printable(reason))}`;
}
