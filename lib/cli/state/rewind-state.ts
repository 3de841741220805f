import { type Checkpoint, CheckpointStore } from '../../collector/checkpoint.js';
import { REACH_MS } from '../../collector/plan-window.js';
import { SeenAlerts } from '../../collector/seen-alerts.js';
import { counted } from '../../counted.js';
import { readableTime } from '../../window.js';
import { confirm } from '../confirm.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import type { HeldState } from '../workplace.js';

/** What is asked for. */
export interface Rewind {
  /** Collect again what began from here on, in milliseconds since 1970. */
  readonly to: number;
  readonly yes: boolean;
  /** Whether what was delivered since then is delivered once more. */
  readonly deliverAgain: boolean;
}

/** Moves the checkpoint back, when the person agrees. */
export async function rewindState(rewind: Rewind, { state, lease }: HeldState, terminal: Terminal): Promise<number> {
  const { to, yes, deliverAgain } = rewind;
  if (to > Date.now()) throw new UsageError(`--to ${readableTime(to)} is in the future: a rewind goes back.`);
  const { storage } = state;
  const checkpoints = new CheckpointStore(storage);
  const seen = new SeenAlerts(storage);
  const { checkpoint } = await checkpoints.load();
  await seen.load();
  if (!(await confirm(describe(rewind, checkpoint, seen.size), yes, terminal))) return EXIT.wrong;
  lease.assertHeld();
  const forgotten = deliverAgain ? await seen.forgetSince(to) : 0;
  // What lies between is still looked after: the floor only goes down.
  const floor = Math.min(to, checkpoint?.floor ?? to);
  await checkpoints.save({ floor });
  terminal.print(
    terminal.json
      ? JSON.stringify({ floor: new Date(floor).toISOString(), forgotten })
      : `The next start reads everything that began since ${readableTime(floor)}.`,
  );
  return EXIT.done;
}

function describe({ to, deliverAgain }: Rewind, checkpoint: Checkpoint | undefined, remembered: number): string {
  const floor = checkpoint?.floor;
  const sentences = [`The next start reads everything that began since ${readableTime(Math.min(to, floor ?? to))}.`];
  if (floor !== undefined && to < floor) {
    sentences.push(`What was delivered from before ${readableTime(floor)} is not remembered, and is delivered again.`);
  }
  sentences.push(
    deliverAgain
      ? `What was delivered since ${readableTime(to)} is forgotten, and delivered again.`
      : `What is remembered (${counted(remembered, 'alert')}) is not delivered again.`,
  );
  if (to < Date.now() - REACH_MS) sentences.push('Lacework answers for 92 days back only.');
  return sentences.join(' ');
}
