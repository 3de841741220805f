import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { ByteWindow } from '../alert-bytes/byte-window.js';
import { nestedEnd } from '../alert-bytes/nested-end.js';

/** Where the rest of a sequence of pages is, as a page says. */
export interface Paging {
  readonly rows: number | undefined;
  readonly totalRows: number | undefined;
  /** The URL of the next page; undefined when this is the last. */
  readonly nextPage: string | undefined;
}

/** What a page of alerts is made of, or why it is none. */
export type PageScan =
  | {
      readonly kind: 'elements';
      /** The start and the end of each element of `data` in the page's bytes, in pairs: start, end, start, end, … */
      readonly offsets: readonly number[];
      readonly paging: Paging;
      /** How many invalid sequences of bytes are read as U+FFFD. */
      readonly invalidUtf8: number;
    }
  /** A JSON object in which `data` is missing, null or of another type than a list. */
  | { readonly kind: 'no data'; readonly data: 'missing' | 'null' | 'not a list'; readonly paging: Paging }
  /** No JSON object, or one cut short; `offset` is the byte at which it ceased to be one. */
  | { readonly kind: 'malformed'; readonly problem: PageProblem; readonly offset: number };

/** Why a text is no page. */
export type PageProblem =
  | 'empty'
  | 'not an object'
  | 'unexpected character'
  | 'cut short'
  | 'unreadable paging'
  | 'too many elements';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Twenty times a page of 5,000: what small elements a body of the largest size can hold takes more memory than there is. */
const MOST_ELEMENTS = 100_000;
const NO_PAGING: Paging = { rows: undefined, totalRows: undefined, nextPage: undefined };

const pagingSchema = z
  .object({
    rows: z.number().optional().catch(undefined),
    totalRows: z.number().optional().catch(undefined),
    // A next page that cannot be read is not the end: taking it for one would lose alerts.
    urls: z.object({ nextPage: z.string().nullish() }).nullish(),
  })
  .nullish();

/** Thrown and caught in this file only: a page is broken in one of many places, and all of them end the scan. */
class Broken extends Error {
  readonly problem: PageProblem;
  readonly offset: number;
  constructor(problem: PageProblem, offset: number) {
    super(problem);
    this.problem = problem;
    this.offset = offset;
  }
}

/**
 * Cuts the elements of `data` out of a page, as bytes and without parsing them, so that each keeps its exact source text. The page is
 * one JSON object with nothing after it, its members in any order and spacing, the last of several of one name counting as in
 * JSON.parse. What is inside an element is only balanced here: reading it says whether it is JSON.
 */
export function scanPage(bytes: Buffer): PageScan {
  try {
    return scanObject(new ByteWindow(bytes));
  } catch (error) {
    if (error instanceof Broken) return { kind: 'malformed', problem: error.problem, offset: error.offset };
    throw error;
  }
}

function scanObject(window: ByteWindow): PageScan {
  const { bytes } = window;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let at = skipSpace(bytes, hasMark ? 3 : 0);
  if (at === bytes.length) throw new Broken('empty', at);
  if (bytes[at] !== OPEN_BRACE) throw new Broken('not an object', at);
  let data: number[] | 'missing' | 'null' | 'not a list' = 'missing';
  let paging = NO_PAGING;
  at = skipSpace(bytes, at + 1);
  const isEmpty = bytes[at] === CLOSE_BRACE;
  while (!isEmpty) {
    const nameEnd = scanString(bytes, at);
    const name = parse(bytes, at, nameEnd);
    at = skipSpace(bytes, expect(bytes, COLON, skipSpace(bytes, nameEnd)));
    const start = at;
    if (name === 'data' && bytes[at] === OPEN_BRACKET) {
      data = [];
      at = scanElements(window, at, data);
    } else {
      at = scanValue(window, at);
      const value = parse(bytes, start, at);
      if (name === 'data') data = value === null ? 'null' : 'not a list';
      if (name === 'paging') paging = readPaging(value, start);
    }
    at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_BRACE) break;
    at = skipSpace(bytes, expect(bytes, COMMA, at));
  }
  const rest = skipSpace(bytes, at + 1);
  if (rest !== bytes.length) throw new Broken('unexpected character', rest);
  if (typeof data === 'string') return { kind: 'no data', data, paging };
  return { kind: 'elements', offsets: data, paging, invalidUtf8: countInvalidUtf8(bytes) };
}

/** Adds the offsets of the list's elements to `offsets`; returns the position after the list. */
function scanElements(window: ByteWindow, open: number, offsets: number[]): number {
  const { bytes } = window;
  let at = skipSpace(bytes, open + 1);
  if (bytes[at] === CLOSE_BRACKET) return at + 1;
  for (;;) {
    const end = scanValue(window, at);
    if (offsets.length >= MOST_ELEMENTS * 2) throw new Broken('too many elements', at);
    offsets.push(at, end);
    at = skipSpace(bytes, end);
    if (bytes[at] === CLOSE_BRACKET) return at + 1;
    at = skipSpace(bytes, expect(bytes, COMMA, at));
  }
}

/** The position after the value that starts at `start`. */
function scanValue(window: ByteWindow, start: number): number {
  const { bytes } = window;
  const first = bytes[start];
  if (first === QUOTE) return scanString(bytes, start);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) {
    const end = nestedEnd(window, start);
    if (end === undefined) throw new Broken('cut short', bytes.length);
    return end;
  }
  let at = start;
  while (isLiteral(bytes[at])) at++;
  if (at === start) throw new Broken(at === bytes.length ? 'cut short' : 'unexpected character', at);
  return at;
}

/** The position after the string that starts at `start`. */
function scanString(bytes: Buffer, start: number): number {
  let at = expect(bytes, QUOTE, start);
  for (;;) {
    const byte = bytes[at++];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at++;
    else if (byte === undefined) throw new Broken('cut short', bytes.length);
  }
}

/** The position after the byte, which must stand at `at`. */
function expect(bytes: Buffer, byte: number, at: number): number {
  if (bytes[at] === byte) return at + 1;
  throw new Broken(at >= bytes.length ? 'cut short' : 'unexpected character', at);
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}

/** Letters, digits, and the signs of numbers: what `true`, `null` and `-1.5E+3` are made of. */
function isLiteral(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x45 ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e
  );
}

/** The value of a small part of the page. */
function parse(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end));
  } catch {
    throw new Broken('unexpected character', start);
  }
}

function readPaging(value: unknown, offset: number): Paging {
  const parsed = pagingSchema.safeParse(value);
  if (!parsed.success) throw new Broken('unreadable paging', offset);
  const { rows, totalRows, urls } = parsed.data ?? {};
  return { rows, totalRows, nextPage: urls?.nextPage || undefined };
}

/** How many U+FFFD a decoder puts where bytes are no UTF-8. */
function countInvalidUtf8(bytes: Buffer): number {
  if (isUtf8(bytes)) return 0;
  return count(bytes.toString('utf8'), '\ufffd') - count(bytes, '\ufffd');
}

function count(text: string | Buffer, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found++;
  return found;
}
