import { COLON, isDigit, MINUS, POINT, UPPER_T, UPPER_Z, ZERO } from './characters';

export const NO_TIME: i64 = -1;

/** `YYYY-MM-DDTHH:MM:SSZ`, since 1970, with or without a fraction, in milliseconds rounded down; NO_TIME for anything else. */
export function readTime(start: usize, length: i32): i64 {
  if (length < 20 || length > 30 || load<u8>(start + length - 1) !== UPPER_Z) return NO_TIME;
  if (load<u8>(start + 4) !== MINUS || load<u8>(start + 7) !== MINUS || load<u8>(start + 10) !== UPPER_T)
    return NO_TIME;
  if (load<u8>(start + 13) !== COLON || load<u8>(start + 16) !== COLON) return NO_TIME;
  const year = digits(start, 4);
  const month = digits(start + 5, 2);
  const day = digits(start + 8, 2);
  const hour = digits(start + 11, 2);
  const minute = digits(start + 14, 2);
  const second = digits(start + 17, 2);
  const fraction = readFraction(start + 19, length - 20);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return NO_TIME;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || fraction < 0) return NO_TIME;
  const seconds = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  return seconds * 1000 + fraction;
}

/** The milliseconds of a point and digits; 0 for nothing, negative for anything else. */
function readFraction(start: usize, length: i32): i32 {
  if (length === 0) return 0;
  if (length === 1 || load<u8>(start) !== POINT) return -1;
  for (let i = 1; i < length; i++) if (!isDigit(load<u8>(start + i))) return -1;
  if (length === 2) return digits(start + 1, 1) * 100;
  return length === 3 ? digits(start + 1, 2) * 10 : digits(start + 1, 3);
}

/** The number that is written in so many digits; negative when they are not all digits. */
function digits(start: usize, count: i32): i32 {
  let value = 0;
  for (let i = 0; i < count; i++) {
    const byte = load<u8>(start + i);
    if (!isDigit(byte)) return -1;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

function daysIn(year: i32, month: i32): i32 {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function daysSince1970(year: i32, month: i32, day: i32): i64 {
  // Years that begin in March end with the leap day, which makes their months regular.
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468;
}
