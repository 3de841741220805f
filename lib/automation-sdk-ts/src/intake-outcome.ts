import { z } from 'zod';
import type { Answer } from './read-answer.js';

/** Why the intake refused an event, or a whole batch. */
export interface Refusal {
  readonly status: number;
  /** The intake's own words on an event, cut; they may quote the event, and are no text for a log. */
  readonly message?: string;
}

/** What became of a batch. */
export type IntakeOutcome =
  /** Every event is acknowledged; `surplus` counts acknowledgements for nothing that was sent. */
  | { readonly kind: 'delivered'; readonly surplus: number }
  /**
   * Nothing is known to be stored; the same batch may be sent again, after `retryAfterMs` when the intake says so. With
   * `notFound` the server knows no intake at this address (404).
   */
  | { readonly kind: 'retryable'; readonly reason: string; readonly retryAfterMs?: number; readonly notFound?: boolean }
  /** The batch as a whole is refused: too large, or something in it; nothing of it is acknowledged. */
  | ({ readonly kind: 'rejected' } & Refusal)
  /** The named events, by their place in the batch, are refused; the others are acknowledged. */
  | { readonly kind: 'partly_rejected'; readonly refused: ReadonlyMap<number, Refusal> }
  /** Fewer acknowledgements than events, and nothing that says which is missing; `refused` are named, but too few. */
  | { readonly kind: 'short'; readonly acknowledged: number; readonly refused: ReadonlyMap<number, Refusal> }
  /** The intake key is refused. */
  | { readonly kind: 'wrong_key'; readonly status: number };

const MAX_MESSAGE_LENGTH = 200;

/** Its members are looked at one by one anyway. */
const listSchema = z.custom<readonly unknown[]>(Array.isArray);
const answerSchema = z.object({ event_ids: listSchema, errors: listSchema.catch([]) });

const eventErrorSchema = z.object({
  index: z.int().min(0),
  // An entry that tells of a success refuses nothing.
  status: z.int().min(300),
  message: z.string().optional().catch(undefined),
});

/** What the intake's answer to `count` events says; `address` names the intake. */
export function readOutcome(
  { statusCode: status, rawBody, headers }: Answer,
  count: number,
  address: string,
): IntakeOutcome {
  if (status === 401 || status === 403) return { kind: 'wrong_key', status };
  if (status === 400 || status === 413) return { kind: 'rejected', status };
  if (status < 200 || status >= 300) {
    const outcome = retryable(`${address} answers ${status}`, readRetryAfter(headers));
    return status === 404 ? { ...outcome, notFound: true } : outcome;
  }
  const answer = answerSchema.safeParse(parseJson(rawBody));
  if (!answer.success) return retryable(`${address} answers ${status} without event_ids`);
  const acknowledged = answer.data.event_ids.filter(isId).length;
  const refused = readRefusals(answer.data.errors, count);
  if (refused.size > 0 && acknowledged + refused.size >= count) return { kind: 'partly_rejected', refused };
  if (acknowledged >= count) return { kind: 'delivered', surplus: acknowledged - count };
  if (acknowledged > 0) return { kind: 'short', acknowledged, refused };
  // Sent again as it is, a batch of which nothing is stored for the sake of one event would be sent for ever.
  for (const refusal of refused.values()) return { kind: 'rejected', status: refusal.status };
  return retryable(`${address} answers ${status} with no event_ids`);
}

/** A null in the place of an id acknowledges nothing. */
function isId(id: unknown): boolean {
  return typeof id === 'number' || (typeof id === 'string' && id !== '');
}

function retryable(reason: string, retryAfterMs?: number): Extract<IntakeOutcome, { kind: 'retryable' }> {
  return { kind: 'retryable', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function readRefusals(errors: readonly unknown[], count: number): ReadonlyMap<number, Refusal> {
  const refused = new Map<number, Refusal>();
  for (const error of errors) {
    const read = eventErrorSchema.safeParse(error);
    if (!read.success || read.data.index >= count) continue;
    const { index, status, message } = read.data;
    refused.set(index, { status, ...(message ? { message: message.slice(0, MAX_MESSAGE_LENGTH) } : {}) });
  }
  return refused;
}

/** Retry-After in milliseconds: seconds, or a time by the clock of the server, which its Date header tells. */
function readRetryAfter({ 'retry-after': value = '', date = '' }: Answer['headers']): number | undefined {
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  if (!value.endsWith(' GMT')) return undefined;
  const ms = Date.parse(value) - Date.parse(date);
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
