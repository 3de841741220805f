import type { Schedule } from './switch-board.js';

/** What the API's calls are for; each has a budget of its own. */
export type ApiFunction = 'token' | 'list' | 'details';

/** The kinds of alert that no schema foresees. */
export type OddAlert =
  | 'without-id'
  | 'id-beyond-2^53'
  | 'start-without-fraction'
  | 'start-with-offset'
  | 'start-unreadable'
  | 'status-nested-deep'
  | 'not-an-object';

/** What a fault does to the answer. */
export type Misbehaviour =
  /** Any HTTP error status with the API's usual body. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  /** 429, saying when to come back in one way or another, or not at all. */
  | {
      readonly kind: 'too-many-requests';
      readonly says: 'retry-after' | 'retry-after-date' | 'rate-limit-reset' | 'nothing';
      readonly seconds?: number;
    }
  /** The answer is right, and its RateLimit headers are these alone. */
  | {
      readonly kind: 'budget-figures';
      readonly limit?: string;
      readonly remaining?: string;
      readonly reset?: string;
    }
  /** The bearer token of this call stops being valid: 401 until a new one is fetched. */
  | { readonly kind: 'token-lost' }
  /** The key is refused, and so is every token that was made with it. */
  | { readonly kind: 'key-revoked' }
  | { readonly kind: 'no-content' }
  | { readonly kind: 'empty-object' }
  | { readonly kind: 'null-data' }
  | { readonly kind: 'no-paging' }
  | { readonly kind: 'data-not-array' }
  | { readonly kind: 'html-page' }
  | { readonly kind: 'truncated-json' }
  | { readonly kind: 'endless-body' }
  | { readonly kind: 'reset-before-headers' }
  | { readonly kind: 'reset-mid-body' }
  /** The connection stays open and silent; `forMs` later it is reset, without it never. */
  | { readonly kind: 'hang-before-headers'; readonly forMs?: number }
  | { readonly kind: 'hang-mid-body'; readonly forMs?: number }
  /** `bytes` (default 1) every `everyMs` (default 1000) of real time. */
  | { readonly kind: 'slow-body'; readonly everyMs?: number; readonly bytes?: number }
  /** nextPage leads to the same page once more, then on. */
  | { readonly kind: 'page-twice' }
  /** The page before comes in this page's place. */
  | { readonly kind: 'page-before-again' }
  | { readonly kind: 'id-twice' }
  /** A byte that is no UTF-8 takes the place of the first letter of the first alert's name. */
  | { readonly kind: 'not-utf8' }
  | { readonly kind: 'early-end' }
  | { readonly kind: 'empty-page' }
  /** nextPage names another origin: `origin`, or a host that does not exist. */
  | { readonly kind: 'foreign-next-page'; readonly origin?: string }
  /** Every page names a further one, which holds the same; `announces: 'nothing'` leaves totalRows out. */
  | { readonly kind: 'endless-pages'; readonly announces?: 'nothing' }
  /** 307 to the same path on `origin`, or on a host that does not exist. */
  | { readonly kind: 'redirect-other-origin'; readonly origin?: string }
  | { readonly kind: 'redirect-same-origin' }
  /** The Date header is off by `offsetSeconds`; the answers are right. */
  | { readonly kind: 'wrong-clock'; readonly offsetSeconds: number }
  /** Strikes at once: one such alert is added, with a startTime one minute back. */
  | { readonly kind: 'odd-alert'; readonly odd: OddAlert };

/** A fault of the API, and when it strikes. */
export type Fault = Misbehaviour &
  Schedule & {
    /** The calls it strikes; when not given, `list`, and `any` for the key and the clock, which no call has for itself. */
    readonly on?: ApiFunction | 'any';
    /** Strikes this page of a sequence only, counted from 1. */
    readonly page?: number;
  };
