import { LOWER_A, LOWER_B, LOWER_F, LOWER_N, LOWER_R, LOWER_T, SPACE, ZERO } from './characters';
import { escapedStart } from './memory';
import { special } from './vectors';

const VECTOR: usize = 16;

/**
 * Writes the bytes as they stand inside of a JSON string, with one backslash before what needs it; or as that string's text
 * stands inside of another, with three. Answers how many they have become.
 */
export function escapeText(from: usize, length: i32, backslashes: i32): i32 {
  const end = from + length;
  let to = escapedStart;
  while (from < end) {
    const bytes = v128.load(from);
    // What stands in it behind the plain bytes is written again.
    v128.store(to, bytes);
    const mask = special(bytes);
    const plain: usize = mask === 0 ? VECTOR : ctz(mask);
    from += plain;
    to += plain;
    if (mask === 0 || from >= end) continue;
    const byte = load<u8>(from++);
    store<u32>(to, 0x5c5c_5c5c);
    if (byte >= SPACE) {
      store<u8>(to + backslashes, byte);
      to += backslashes + 1;
    } else {
      // Its escape has one backslash, which becomes two.
      to = writeControl(to + (backslashes + 1) / 2, byte);
    }
  }
  return <i32>(to - escapedStart - (from - end));
}

/** How many quotes, backslashes and control characters there are in the bytes at `escapedStart`. */
export function countSpecial(length: i32): i32 {
  const end = escapedStart + length;
  let count = 0;
  for (let at = escapedStart; at < end; at += VECTOR) {
    const behind = <i32>(at + VECTOR - end);
    const mask = special(v128.load(at));
    count += popcnt(behind > 0 ? mask & (0xffff >> behind) : mask);
  }
  return count;
}

/** Writes what stands behind the backslash of a control character's escape. */
function writeControl(to: usize, byte: u8): usize {
  const letter = letterOf(byte);
  if (letter !== 0) {
    store<u8>(to, letter);
    return to + 1;
  }
  // `u00` and two hexadecimal digits; the first byte of a word is its lowest.
  store<u32>(to, 0x30_30_30_75 | ((<u32>(byte >> 4)) << 24));
  const digit: u8 = byte & 15;
  store<u8>(to + 4, digit < 10 ? ZERO + digit : LOWER_A + digit - 10);
  return to + 5;
}

/** The letter that stands for a control character in its escape; 0 for none. */
function letterOf(byte: u8): u8 {
  if (byte === 0x08) return LOWER_B;
  if (byte === 0x09) return LOWER_T;
  if (byte === 0x0a) return LOWER_N;
  if (byte === 0x0c) return LOWER_F;
  return byte === 0x0d ? LOWER_R : 0;
}
