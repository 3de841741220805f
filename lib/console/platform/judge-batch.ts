import { randomUUID } from 'node:crypto';
import { type Answer, htmlAnswer, jsonAnswer } from '../../emulator/answer.js';
import { isBreakage } from '../../emulator/send-answer.js';
import { type Batch, MAX_EVENT_BYTES, type Unreadable } from './batch.js';
import type { IntakeFault } from './intake-faults.js';

/** What the intake makes of a batch. */
export interface Verdict {
  readonly answer: Answer;
  /** The ids of the events that are stored. */
  readonly ids: readonly string[];
  /** The texts that belong to the ids; absent when events are only counted. */
  readonly texts: readonly string[] | undefined;
}

interface EventError {
  readonly index: number;
  readonly status: number;
  readonly message: string;
}

/** Whether the fault has anything to do with this batch. */
export function strikesBatch(fault: IntakeFault, batch: Batch | Unreadable, bytes: number): boolean {
  switch (fault.kind) {
    case 'down':
    case 'reset-mid-request':
    case 'slow-reader':
      return false;
    case 'refuse-larger':
      return bytes > fault.bytes;
    case 'refuse-containing':
    case 'event-errors':
      return 'texts' in batch && (batch.texts ?? []).some((text) => text.includes(fault.containing));
    default:
      return true;
  }
}

/** Decides on a batch, by the rules and by the fault that strikes it. */
export function judgeBatch(
  batch: Batch | Unreadable,
  keys: ReadonlySet<string>,
  fault: IntakeFault | undefined,
): Verdict {
  const instead = fault && answerInstead(fault);
  if (instead) return { answer: instead, ids: [], texts: undefined };
  if ('status' in batch) return refuse(batch.status, batch.message);
  if (!keys.has(batch.key)) return refuse(401, 'The intake key is unknown');

  const errors = findErrors(batch, fault);
  if (errors.length === batch.count && errors.some(({ status }) => status === 413)) {
    return refuse(413, 'No event of the batch is small enough');
  }
  const missing = fault?.kind === 'too-few-ids' ? Math.min(fault.missing ?? 1, batch.count) : 0;
  const refused = new Set(errors.map(({ index }) => index));
  const texts = batch.texts?.filter((_, index) => !refused.has(index) && index < batch.count - missing);
  const ids = Array.from({ length: texts?.length ?? batch.count - missing }, () => randomUUID());
  const extra = fault?.kind === 'too-many-ids' ? (fault.extra ?? 1) : 0;
  const named = [...ids, ...Array.from({ length: extra }, () => randomUUID())];
  const answer = jsonAnswer(200, errors.length > 0 ? { event_ids: named, errors } : { event_ids: named });
  // An answer that never arrives whole acknowledges nothing; the slow one does arrive in the end.
  const stores = !fault || !isBreakage(fault) || fault.kind === 'slow-body';
  return stores ? { answer, ids, texts } : { answer, ids: [], texts: undefined };
}

function answerInstead(fault: IntakeFault): Answer | undefined {
  switch (fault.kind) {
    case 'status': {
      const retry = fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) };
      return jsonAnswer(fault.status, { message: `The intake answers ${fault.status}` }, retry);
    }
    case 'html-page':
      return htmlAnswer();
    case 'no-event-ids':
      return jsonAnswer(200, {});
    case 'refuse-containing':
    case 'refuse-larger':
      return jsonAnswer(fault.status, { message: `The intake answers ${fault.status}` });
    default:
      return undefined;
  }
}

function findErrors({ texts = [] }: Batch, fault: IntakeFault | undefined): EventError[] {
  return texts.flatMap((text, index): EventError[] => {
    if (Buffer.byteLength(text) > MAX_EVENT_BYTES) return [{ index, status: 413, message: 'The event is too large' }];
    if (fault?.kind === 'event-errors' && text.includes(fault.containing)) {
      return [{ index, status: fault.status, message: 'The event is refused' }];
    }
    return [];
  });
}

function refuse(status: number, message: string): Verdict {
  return { answer: jsonAnswer(status, { message }), ids: [], texts: undefined };
}
