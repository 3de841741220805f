import type { Breakage } from '../../emulator/send-answer.js';
import type { FaultPreset, Schedule } from '../../emulator/switch-board.js';

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

/** Every fault of the intake that can be switched on, with what a person reads beside the switch. */
export const intakeFaultPresets: readonly FaultPreset<IntakeFault>[] = [
  ...([500, 502, 503, 504, 408, 425] as const).map((status) => ({
    id: `status-${status}`,
    group: 'Errors',
    title: `${status}`,
    description: `Every batch is answered with ${status}.`,
    fault: { kind: 'status', status } as const,
  })),
  {
    id: 'too-many',
    group: 'Errors',
    title: '429 with Retry-After',
    description: 'Every batch is refused as too much, and Retry-After says to come back in 10 seconds.',
    fault: { kind: 'status', status: 429, retryAfterSeconds: 10 },
  },
  {
    id: 'unauthorized',
    group: 'Errors',
    title: '401',
    description: 'The intake key is refused as unknown.',
    fault: { kind: 'status', status: 401 },
  },
  {
    id: 'forbidden',
    group: 'Errors',
    title: '403',
    description: 'The intake key is refused as not allowed.',
    fault: { kind: 'status', status: 403 },
  },
  {
    id: 'html-page',
    group: 'Answers',
    title: 'HTML with status 200',
    description: "A proxy's sign-in page comes in place of the answer, and nothing is stored.",
    fault: { kind: 'html-page' },
  },
  {
    id: 'no-event-ids',
    group: 'Answers',
    title: 'No event_ids',
    description: 'The answer says 200 but names no event, and nothing is stored.',
    fault: { kind: 'no-event-ids' },
  },
  {
    id: 'too-few-ids',
    group: 'Answers',
    title: 'Too few event_ids',
    description: 'One event of every batch is neither stored nor named.',
    fault: { kind: 'too-few-ids' },
  },
  {
    id: 'too-many-ids',
    group: 'Answers',
    title: 'Too many event_ids',
    description: 'The answer names one event more than the batch holds.',
    fault: { kind: 'too-many-ids' },
  },
  {
    id: 'event-errors',
    group: 'Refusals',
    title: 'Single events refused',
    description: 'Events about root accounts get a status of their own and are not stored.',
    fault: { kind: 'event-errors', containing: 'UsageOfRootAccount', status: 400 },
  },
  {
    id: 'refuse-containing-413',
    group: 'Refusals',
    title: '413 for some events',
    description: 'A batch with an event about a root account is refused as too large.',
    fault: { kind: 'refuse-containing', containing: 'UsageOfRootAccount', status: 413 },
  },
  {
    id: 'refuse-containing-400',
    group: 'Refusals',
    title: '400 for some events',
    description: 'A batch with an event about a root account is refused as malformed.',
    fault: { kind: 'refuse-containing', containing: 'UsageOfRootAccount', status: 400 },
  },
  {
    id: 'refuse-larger-413',
    group: 'Refusals',
    title: '413 over 64 KiB',
    description: 'A batch of more than 64 KiB is refused as too large.',
    fault: { kind: 'refuse-larger', bytes: 65_536, status: 413 },
  },
  {
    id: 'refuse-larger-400',
    group: 'Refusals',
    title: '400 over 64 KiB',
    description: 'A batch of more than 64 KiB is refused as malformed.',
    fault: { kind: 'refuse-larger', bytes: 65_536, status: 400 },
  },
  {
    id: 'late-answer',
    group: 'Connection',
    title: 'Stored, answered late',
    description: 'The batch is stored, and the answer comes after two minutes.',
    fault: { kind: 'late-answer', afterMs: 120_000 },
  },
  {
    id: 'stores-then-resets',
    group: 'Connection',
    title: 'Stored, then reset',
    description: 'The batch is stored, and the connection is reset in place of an answer.',
    fault: { kind: 'stores-then-resets' },
  },
  {
    id: 'reset-mid-request',
    group: 'Connection',
    title: 'Reset while sending',
    description: 'The connection is reset while the batch is being sent.',
    fault: { kind: 'reset-mid-request' },
  },
  {
    id: 'reset-before-headers',
    group: 'Connection',
    title: 'Reset',
    description: 'The connection is reset when the batch has been read, and nothing is stored.',
    fault: { kind: 'reset-before-headers' },
  },
  {
    id: 'reset-mid-body',
    group: 'Connection',
    title: 'Reset while answering',
    description: 'Nothing is stored, and the connection is reset after half of the answer.',
    fault: { kind: 'reset-mid-body' },
  },
  {
    id: 'slow-reader',
    group: 'Connection',
    title: 'Reads one byte a second',
    description: 'The batch is read one byte a second.',
    fault: { kind: 'slow-reader' },
  },
  {
    id: 'slow-body',
    group: 'Connection',
    title: 'Answers one byte a second',
    description: 'Nothing is stored, and the answer comes one byte a second.',
    fault: { kind: 'slow-body' },
  },
  {
    id: 'hang-before-headers',
    group: 'Connection',
    title: 'No answer',
    description: 'The batch is read, and never stored or answered.',
    fault: { kind: 'hang-before-headers' },
  },
  {
    id: 'hang-mid-body',
    group: 'Connection',
    title: 'Silence in the middle',
    description: 'Nothing is stored, and the answer stops after its first half.',
    fault: { kind: 'hang-mid-body' },
  },
  {
    id: 'down',
    group: 'Connection',
    title: 'Down',
    description: 'Connections are refused.',
    fault: { kind: 'down' },
  },
];
