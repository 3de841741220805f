import { type EventBatch, type IntakeClient, ModuleError, type Refusal } from '@sekoia/automation-sdk-ts';
import type { KeptLetter } from '../../collector/kept-letters.js';

/** Letters on their way to the intake. */
export type LetterBatch = EventBatch<KeptLetter>;

/** What became of the letters of a batch. */
export interface SentLetters {
  readonly delivered: readonly KeptLetter[];
  readonly refused: readonly { readonly letter: KeptLetter; readonly reason: string }[];
}

/**
 * Sends a batch once; one that is refused whole is halved until the letters that are refused stand alone. Throws when the
 * intake can't be asked: the letters stay.
 */
export async function sendLetters(batch: LetterBatch, intake: IntakeClient, signal: AbortSignal): Promise<SentLetters> {
  const outcome = await intake.pushBatch(batch, signal);
  switch (outcome.kind) {
    case 'delivered':
      return { delivered: batch.items, refused: [] };
    case 'partly_rejected':
      return split(batch, outcome.refused);
    case 'rejected': {
      if (batch.count === 1) return split(batch, new Map([[0, outcome]]));
      const middle = Math.ceil(batch.count / 2);
      const first = await sendLetters(batch.slice(0, middle), intake, signal);
      const second = await sendLetters(batch.slice(middle, batch.count), intake, signal);
      return {
        delivered: [...first.delivered, ...second.delivered],
        refused: [...first.refused, ...second.refused],
      };
    }
    case 'short':
      throw new ModuleError(
        'intake_short_answer',
        `${intake.host} acknowledged ${outcome.acknowledged} of ${batch.count} dead letters and did not say which. They are kept: look which of them are there, and replay the others by their ids.`,
      );
    case 'wrong_key':
      throw new ModuleError(
        'intake_key_refused',
        `${intake.host} refuses the intake key (status ${outcome.status}). Copy it again; the dead letters are kept.`,
      );
    case 'retryable':
      throw new ModuleError('intake_failed', `${outcome.reason}. The dead letters are kept: try again later.`);
  }
}

function split(batch: LetterBatch, refusals: ReadonlyMap<number, Refusal>): SentLetters {
  return {
    delivered: batch.items.filter((_, index) => !refusals.has(index)),
    refused: [...refusals].flatMap(([index, { status, message }]) => {
      const letter = batch.items[index];
      const words = message === undefined ? '' : `: ${message}`;
      return letter === undefined ? [] : [{ letter, reason: `the intake answers ${status}${words}` }];
    }),
  };
}
