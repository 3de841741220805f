import type { Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { type DeadLetter, deadLetterKind } from './dead-letters.js';

const PREFIX = 'dead-letters/';
/** DATE-TIME-NUMBER-ALERT-BYTES, as DeadLetters writes it. */
const NAME = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(\d{3})-.*-(\d+)$/;

const storedLetter = z.object({
  kind: deadLetterKind,
  reason: z.string(),
  alertId: z.string().nullable(),
  text: z.string(),
  time: z.string(),
});

/** A dead letter's name: what is known of it without reading it. */
export interface LetterName {
  readonly id: string;
  /** When it was kept, in milliseconds since 1970. */
  readonly time: number;
  readonly bytes: number;
}

/** A dead letter as it is kept. */
export interface KeptLetter extends DeadLetter {
  readonly id: string;
  readonly time: string;
}

/** The names of all dead letters in the data path, oldest first. */
export async function listLetters(files: Storage): Promise<LetterName[]> {
  const keys = await files.keys(PREFIX);
  return keys.flatMap((key) => {
    const id = key.slice(PREFIX.length);
    const [, year, month, day, hour, minute, second, ms, bytes] = NAME.exec(id) ?? [];
    if (bytes === undefined) return [];
    const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
    return [{ id, time, bytes: Number(bytes) }];
  });
}

/** One dead letter; undefined when there is none of this id. Throws DamagedValueError when it can't be read. */
export async function readLetter(files: Storage, id: string): Promise<KeptLetter | undefined> {
  const letter = await files.get(PREFIX + id, storedLetter);
  return letter && { ...letter, id, alertId: letter.alertId ?? undefined };
}

/** Deletes dead letters for good. */
export async function deleteLetters(files: Storage, ids: readonly string[]): Promise<void> {
  await files.delete(ids.map((id) => PREFIX + id));
}
