import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isDigit,
  LOWER_A,
  LOWER_B,
  LOWER_CASE,
  LOWER_E,
  LOWER_F,
  LOWER_L,
  LOWER_N,
  LOWER_R,
  LOWER_S,
  LOWER_T,
  LOWER_U,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  PLUS,
  POINT,
  QUOTE,
  SLASH,
  ZERO,
} from './characters';
import { special } from './vectors';

/** JSON's grammar. Every function takes an address and answers the one behind what it goes over, or NONE if that is no JSON. */

export const NONE: usize = 0;
const DEEPEST: i32 = 64;

/** Any value; NONE also for one that is nested deeper than need be. */
export function skipValue(at: usize, depth: i32 = 0): usize {
  const first = load<u8>(at);
  if (first === QUOTE) return skipString(at);
  if (first === OPEN_BRACE) return depth < DEEPEST ? skipObject(at + 1, depth + 1) : NONE;
  if (first === OPEN_BRACKET) return depth < DEEPEST ? skipList(at + 1, depth + 1) : NONE;
  if (first === LOWER_T) return load<u32>(at) === word(LOWER_T, LOWER_R, LOWER_U, LOWER_E) ? at + 4 : NONE;
  if (first === LOWER_N) return load<u32>(at) === word(LOWER_N, LOWER_U, LOWER_L, LOWER_L) ? at + 4 : NONE;
  if (first === LOWER_F) return load<u32>(at + 1) === word(LOWER_A, LOWER_L, LOWER_S, LOWER_E) ? at + 5 : NONE;
  return skipNumber(at);
}

/** Four letters as they lie in memory. */
function word(a: u8, b: u8, c: u8, d: u8): u32 {
  return <u32>a | ((<u32>b) << 8) | ((<u32>c) << 16) | ((<u32>d) << 24);
}

function skipObject(from: usize, depth: i32): usize {
  let at = skipSpace(from);
  if (load<u8>(at) === CLOSE_BRACE) return at + 1;
  while (true) {
    if (load<u8>(at) !== QUOTE) return NONE;
    at = skipString(at);
    if (at === NONE) return NONE;
    at = skipColon(at);
    if (at === NONE) return NONE;
    at = skipValue(at, depth);
    if (at === NONE) return NONE;
    at = skipSpace(at);
    if (load<u8>(at) !== COMMA) return load<u8>(at) === CLOSE_BRACE ? at + 1 : NONE;
    at = skipSpace(at + 1);
  }
}

function skipList(from: usize, depth: i32): usize {
  let at = skipSpace(from);
  if (load<u8>(at) === CLOSE_BRACKET) return at + 1;
  while (true) {
    at = skipValue(at, depth);
    if (at === NONE) return NONE;
    at = skipSpace(at);
    if (load<u8>(at) !== COMMA) return load<u8>(at) === CLOSE_BRACKET ? at + 1 : NONE;
    at = skipSpace(at + 1);
  }
}

/** The colon behind a name, and the spaces around it. */
export function skipColon(from: usize): usize {
  const at = skipSpace(from);
  return load<u8>(at) === COLON ? skipSpace(at + 1) : NONE;
}

export function skipSpace(from: usize): usize {
  let at = from;
  for (let byte = load<u8>(at); byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = load<u8>(at))
    at++;
  return at;
}

/** A string, from its quote on. What is not ended ends at a control character: zeros lie behind all bytes. */
function skipString(from: usize): usize {
  let at = from + 1;
  while (true) {
    const stops = special(v128.load(at));
    if (stops === 0) {
      at += 16;
      continue;
    }
    at += ctz(stops);
    const byte = load<u8>(at);
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return NONE;
    at = skipEscape(at + 1);
    if (at === NONE) return NONE;
  }
}

/** The same for a string of ASCII without escapes; NONE for any other. */
export function skipPlainString(from: usize): usize {
  let at = from + 1;
  while (true) {
    const bytes = v128.load(at);
    const stops = special(bytes) | <u32>i8x16.bitmask(bytes);
    if (stops === 0) {
      at += 16;
      continue;
    }
    at += ctz(stops);
    return load<u8>(at) === QUOTE ? at + 1 : NONE;
  }
}

/** What stands behind a backslash. */
function skipEscape(at: usize): usize {
  const letter = load<u8>(at);
  if (letter === LOWER_U) {
    for (let digit: usize = 1; digit <= 4; digit++) if (!isHexadecimal(load<u8>(at + digit))) return NONE;
    return at + 5;
  }
  const isKnown =
    letter === QUOTE ||
    letter === BACKSLASH ||
    letter === SLASH ||
    letter === LOWER_B ||
    letter === LOWER_F ||
    letter === LOWER_N ||
    letter === LOWER_R ||
    letter === LOWER_T;
  return isKnown ? at + 1 : NONE;
}

function isHexadecimal(byte: u8): bool {
  const letter = byte | LOWER_CASE;
  return isDigit(byte) || (letter >= LOWER_A && letter <= LOWER_F);
}

function skipNumber(from: usize): usize {
  const start = load<u8>(from) === MINUS ? from + 1 : from;
  let at = skipDigits(start);
  if (at === NONE || (load<u8>(start) === ZERO && at - start > 1)) return NONE;
  if (load<u8>(at) === POINT) {
    at = skipDigits(at + 1);
    if (at === NONE) return NONE;
  }
  if ((load<u8>(at) | LOWER_CASE) !== LOWER_E) return at;
  const sign = load<u8>(++at);
  return skipDigits(sign === PLUS || sign === MINUS ? at + 1 : at);
}

/** One digit, at least. */
export function skipDigits(from: usize): usize {
  let at = from;
  while (isDigit(load<u8>(at))) at++;
  return at > from ? at : NONE;
}
