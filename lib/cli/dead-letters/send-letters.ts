import { type EventBatch, type IntakeClient, ModuleError, type Refusal } from '@sekoia/automation-sdk-ts';
import type { KeptLetter } from '../../collector/kept-letters.js';

/** Letters on their way to the intake. */
export interface LetterBatch {
  readonly letters: readonly KeptLetter[];
  /** Their events. */
  readonly events: EventBatch;
}

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
  const { letters, events } = batch;
  const outcome = await intake.pushBatch(events, signal);
  switch (outcome.kind) {
    case 'delivered':
      return { delivered: letters, refused: [] };
    case 'partly_rejected':
      return split(batch, outcome.refused);
    case 'rejected': {
      if (letters.length === 1) return split(batch, new Map([[0, outcome]]));
      const middle = Math.ceil(letters.length / 2);
      const first = await sendLetters(part(batch, 0, middle), intake, signal);
      const second = await sendLetters(part(batch, middle, letters.length), intake, signal);
      return {
        delivered: [...first.delivered, ...second.delivered],
        refused: [...first.refused, ...second.refused],
      };
    }
    case 'short':
      throw new ModuleError(
        'intake_short_answer',
        `${intake.host} acknowledged ${outcome.acknowledged} of ${letters.length} dead letters and did not say which. They are kept: look which of them are there, and replay the others by their ids.`,
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

function part({ letters, events }: LetterBatch, from: number, to: number): LetterBatch {
  return { letters: letters.slice(from, to), events: events.slice(from, to) };
}

function split({ letters }: LetterBatch, refusals: ReadonlyMap<number, Refusal>): SentLetters {
  return {
    delivered: letters.filter((_, index) => !refusals.has(index)),
    refused: [...refusals].flatMap(([index, { status, message }]) => {
      const letter = letters[index];
      const words = message === undefined ? '' : `: ${message}`;
      return letter === undefined ? [] : [{ letter, reason: `the intake answers ${status}${words}` }];
    }),
  };
}
