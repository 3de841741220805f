import type { Storage } from '@sekoia/automation-sdk-ts';
import { deleteLetters, listLetters } from '../../collector/kept-letters.js';
import { counted } from '../../counted.js';
import { readableTime } from '../../window.js';
import { confirm } from '../confirm.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

/** Deletes the letters that were kept before `before` (ms), when the person agrees. */
export async function purgeLetters(files: Storage, before: number, yes: boolean, terminal: Terminal): Promise<number> {
  const { json, print } = terminal;
  const old = (await listLetters(files)).filter(({ time }) => time < before);
  const agreed =
    old.length === 0 ||
    (await confirm(
      `To be deleted for good: ${counted(old.length, 'dead letter')} from before ${readableTime(before)} in ${files.description}.`,
      yes,
      terminal,
    ));
  const deleted = agreed ? old.map(({ id }) => id) : [];
  await deleteLetters(files, deleted);
  print(json ? JSON.stringify({ deleted: deleted.length }) : `${counted(deleted.length, 'dead letter')} deleted.`);
  return agreed ? EXIT.done : EXIT.wrong;
}
