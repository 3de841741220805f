import { BACKSLASH, QUOTE, SPACE } from './characters';

/** A bit for each of 16 bytes that is `byte`. */
export function equal(bytes: v128, byte: u8): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(byte)));
}

/** A bit for each of 16 bytes that a JSON string can't hold as it is: quotes, backslashes, control characters. */
export function special(bytes: v128): u32 {
  const quotes = i8x16.eq(bytes, i8x16.splat(QUOTE));
  const backslashes = i8x16.eq(bytes, i8x16.splat(BACKSLASH));
  const controls = i8x16.lt_u(bytes, i8x16.splat(SPACE));
  return <u32>i8x16.bitmask(v128.or(v128.or(quotes, backslashes), controls));
}
