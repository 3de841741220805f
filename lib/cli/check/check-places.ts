import { randomUUID } from 'node:crypto';
import type { Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { listLetters } from '../../collector/kept-letters.js';
import { type Workplace, withState } from '../workplace.js';
import type { Finding } from './finding.js';

/** Whether the state can be written and read again. */
export function checkState(place: Workplace): Promise<Finding> {
  return withState(place, async ({ storage, warnings }) => {
    await writeAndRead(storage);
    const [warning] = warnings;
    if (warning !== undefined) return { status: 'warning', says: warning.text };
    return { status: 'ok', says: `${storage.description} can be written` };
  });
}

/** Whether dead letters can be kept, and whether there are any. */
export function checkDeadLetters(place: Workplace): Promise<Finding> {
  return withState(place, async ({ files }) => {
    await writeAndRead(files);
    const letters = (await listLetters(files)).length;
    const says = `${files.description} can be written; ${letters} are kept`;
    return { status: letters > 0 ? 'warning' : 'ok', says: letters > 0 ? `${says}: see dead-letters list` : says };
  });
}

async function writeAndRead(storage: Storage): Promise<void> {
  const key = `check-${randomUUID()}`;
  await storage.set(key, { written: true });
  await storage.get(key, z.object({ written: z.literal(true) }));
  await storage.delete([key]);
}
