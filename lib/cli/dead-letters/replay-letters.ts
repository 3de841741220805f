import { EventBatch, type Storage } from '@sekoia/automation-sdk-ts';
import { intakeClient } from '../../../triggers/clients.js';
import { deleteLetters, type KeptLetter, listLetters } from '../../collector/kept-letters.js';
import { EXIT } from '../exit-codes.js';
import { printable } from '../printable.js';
import type { SettingsOptions } from '../settings/options.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { inWorkplace, type Workplace, withDataPath } from '../workplace.js';
import { noSuchLetter, readIfSound } from './print-letters.js';
import { sendLetters } from './send-letters.js';

/** So many letters are held in memory at a time. */
const CHUNK = 100;

interface ReplayCounts {
  delivered: number;
  refused: number;
  /** Those that can't be delivered, or have been. */
  passedOver: number;
}

/** Sends the named letters, or all that were refused, and deletes those that the intake has acknowledged. */
export async function replayLetters(
  ids: readonly string[],
  options: SettingsOptions & { readonly all?: boolean },
  terminal: Terminal,
): Promise<number> {
  if ((ids.length === 0) === !options.all) throw new UsageError('Name the dead letters to replay, or give --all.');
  return inWorkplace(terminal, options, { intake: true }, (place) =>
    withDataPath(terminal, options, async (files) => {
      const chosen = options.all ? (await listLetters(files)).map(({ id }) => id) : ids;
      const counts: ReplayCounts = { delivered: 0, refused: 0, passedOver: 0 };
      for (let at = 0; at < chosen.length; at += CHUNK) {
        place.signal.throwIfAborted();
        await replayChunk(chosen.slice(at, at + CHUNK), options.all ?? false, files, place, counts);
      }
      report(counts, terminal);
      return counts.refused + counts.passedOver === 0 ? EXIT.done : EXIT.wrong;
    }),
  );
}

async function replayChunk(
  ids: readonly string[],
  isAll: boolean,
  files: Storage,
  place: Workplace,
  counts: ReplayCounts,
): Promise<void> {
  const { settings, http, signal, terminal } = place;
  const { intakeUrl, configuration } = settings;
  const intake = intakeClient({ url: intakeUrl, key: configuration.intake_key }, configuration, { http });
  const letters: KeptLetter[] = [];
  const events = new EventBatch();
  const send = async () => {
    const { delivered, refused } = await sendLetters({ letters, events }, intake, signal);
    await deleteLetters(
      files,
      delivered.map(({ id }) => id),
    );
    counts.delivered += delivered.length;
    counts.refused += refused.length;
    for (const { letter, reason } of refused) tellLeft(letter.id, printable(reason), terminal);
    letters.length = 0;
    events.clear();
  };
  for (const id of ids) {
    const letter = await readIfSound(files, id, terminal);
    if (letter === undefined && !isAll) throw noSuchLetter(id);
    const reason = letter && whyNotSent(letter, isAll);
    if (letter === undefined || reason !== undefined) {
      counts.passedOver += 1;
      tellLeft(id, reason ?? 'it is damaged', terminal);
      continue;
    }
    if (!events.add(letter.text)) {
      await send();
      events.add(letter.text);
    }
    letters.push(letter);
  }
  if (letters.length > 0) await send();
}

function tellLeft(id: string, reason: string, { tell }: Terminal): void {
  tell('warning', 'dead_letter_left', `${id}: ${reason}`, { id });
}

/** Why a letter is passed over; undefined for one that is to be sent. */
function whyNotSent({ kind }: KeptLetter, isAll: boolean): string | undefined {
  switch (kind) {
    case 'refused':
      return undefined;
    case 'unconfirmed':
      return isAll ? 'the intake may have stored it: look there, and replay it by its id if it is missing' : undefined;
    case 'too_large':
      return 'no intake takes an event of this size';
    case 'cut':
      return 'its event was delivered, with message cut; this is the full text, for reading';
    case 'run_refused':
      return 'its event was delivered; only the run of the playbook was refused';
  }
}

function report({ delivered, refused, passedOver }: ReplayCounts, { json, print }: Terminal): void {
  const counts = { delivered, refused, passedOver };
  print(
    json
      ? JSON.stringify(counts)
      : `${delivered} delivered and deleted here, ${refused} refused again, ${passedOver} passed over.`,
  );
}
