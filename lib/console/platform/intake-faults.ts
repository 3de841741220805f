import type { Breakage } from '../../emulator/send-answer.js';
import type { Schedule } from '../../emulator/switch-board.js';

/** What a fault does to a batch. */
export type IntakeMisbehaviour =
  | Breakage
  /** Answers with the status, and stores nothing. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  /** Answers 200 with a page of HTML, and stores nothing. */
  | { readonly kind: 'html-page' }
  /** Answers 200 without event_ids, and stores nothing. */
  | { readonly kind: 'no-event-ids' }
  /** Stores all but the last `missing` (default 1) events, and names as many fewer. */
  | { readonly kind: 'too-few-ids'; readonly missing?: number }
  /** Stores the batch, and names `extra` (default 1) events more. */
  | { readonly kind: 'too-many-ids'; readonly extra?: number }
  /** Stores all events but those that contain the text; they get a status of their own. */
  | { readonly kind: 'event-errors'; readonly containing: string; readonly status: number }
  /** Refuses every batch in which an event contains the text. */
  | { readonly kind: 'refuse-containing'; readonly containing: string; readonly status: 400 | 413 }
  /** Refuses every batch whose body, uncompressed, is larger. */
  | { readonly kind: 'refuse-larger'; readonly bytes: number; readonly status: 400 | 413 }
  /** Stores the batch, and answers only after that many milliseconds. */
  | { readonly kind: 'late-answer'; readonly afterMs: number }
  /** Stores the batch, and resets the connection in place of an answer. */
  | { readonly kind: 'stores-then-resets' }
  /** Resets the connection after the first piece of the request's body. */
  | { readonly kind: 'reset-mid-request' }
  /** Reads one byte of the request every `everyMs` (default 1000). */
  | { readonly kind: 'slow-reader'; readonly everyMs?: number }
  /** Refuses connections. */
  | { readonly kind: 'down' };

/** A fault of the intake, and when it strikes. */
export type IntakeFault = IntakeMisbehaviour & Schedule;
