import { BACKSLASH, CLOSE_BRACE, LOWER_CASE, OPEN_BRACE, QUOTE } from './characters';
import { equal } from './vectors';

const BLOCK: usize = 64;
const EVEN_BITS: u64 = ((<u64>0x5555_5555) << 32) | 0x5555_5555;

let depth: i32 = 0;
/** All bits are set while the scan is inside of a string. */
let inString: u64 = 0;
/** 1 when the byte before the block is a backslash that escapes the block's first. */
let escapesNext: u64 = 0;

/** Begins at a list or an object. */
export function beginScan(): void {
  depth = 0;
  inString = 0;
  escapesNext = 0;
}

/**
 * Goes on from `at`, while there are whole blocks before `end`. Answers the position after the list or object; or, as a negative
 * number, where to go on with more bytes.
 */
export function scan(at: usize, end: usize): isize {
  for (; at + BLOCK <= end; at += BLOCK) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const quotes = bits(a, b, c, d, QUOTE) & ~escapedBits(bits(a, b, c, d, BACKSLASH));
    const strings = betweenBits(quotes) ^ inString;
    inString = <u64>(<i64>strings >> 63);
    // In lower case, a bracket is a brace.
    const lower = i8x16.splat(LOWER_CASE);
    const a2 = v128.or(a, lower);
    const b2 = v128.or(b, lower);
    const c2 = v128.or(c, lower);
    const d2 = v128.or(d, lower);
    const openings = bits(a2, b2, c2, d2, OPEN_BRACE) & ~strings;
    let left = openings | (bits(a2, b2, c2, d2, CLOSE_BRACE) & ~strings);
    for (; left !== 0; left &= left - 1) {
      if (openings & left & -left) depth++;
      else if (--depth === 0) return <isize>(at + <usize>ctz(left) + 1);
    }
  }
  return -(<isize>at);
}

/** A bit for each of a block's bytes that is `byte`. */
function bits(a: v128, b: v128, c: v128, d: v128, byte: u8): u64 {
  return (
    <u64>equal(a, byte) | ((<u64>equal(b, byte)) << 16) | ((<u64>equal(c, byte)) << 32) | ((<u64>equal(d, byte)) << 48)
  );
}

/** The bytes behind a backslash that is not itself escaped: those behind each odd run of backslashes. */
function escapedBits(backslashes: u64): u64 {
  if (backslashes === 0 && escapesNext === 0) return 0;
  const escaping = backslashes & ~escapesNext;
  const behind = (escaping << 1) | escapesNext;
  // A run that starts at an odd place carries, when its start is added to it, to an odd place if it is of even length.
  const oddStarts = escaping & ~EVEN_BITS & ~behind;
  const carried = oddStarts + escaping;
  escapesNext = carried < escaping ? 1 : 0;
  return (EVEN_BITS ^ (carried << 1)) & behind;
}

/** Sets the bits from each odd one that is set to before the next. */
function betweenBits(set: u64): u64 {
  set ^= set << 1;
  set ^= set << 2;
  set ^= set << 4;
  set ^= set << 8;
  set ^= set << 16;
  return set ^ (set << 32);
}
