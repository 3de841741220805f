/** A moment, to the millisecond for calculations and to the nanosecond as text. */
export interface Moment {
  /** Milliseconds since 1970, UTC, rounded down. */
  readonly ms: number;
  /** `YYYY-MM-DDTHH:MM:SSZ`, with a fraction of 1 to 9 digits only when it is not zero. */
  readonly utc: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START_OF_YEAR_0 = -62_167_219_200_000;
const END_OF_YEAR_9999 = 253_402_300_799_999;

/** Reads an RFC 3339 time, taken as UTC when it names no zone; undefined when it is none. */
export function readTimestamp(text: string): Moment | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  // A NaN fails every comparison, so what has letters for digits ends here too.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined;
  if (!(hour <= 23 && minute <= 59 && second <= 59 && hasSeparators(text))) return undefined;
  const fractionEnd = text[19] === '.' ? digitsEnd(text, 20) : 19;
  if (fractionEnd === 20) return undefined;
  const zone = zoneOffset(text, fractionEnd);
  if (zone === undefined) return undefined;
  const local = daysSince1970(year, month, day) * DAY + hour * 60 * MINUTE + minute * MINUTE + second * 1000;
  const fraction = text.slice(20, Math.min(fractionEnd, 29));
  if (zone !== 0) return momentAt(local - zone, fraction);
  return moment(local, text[10] === 'T' ? text.slice(0, 19) : `${text.slice(0, 10)}T${text.slice(11, 19)}`, fraction);
}

/** The same moment as a Moment's `utc`: takes `YYYY-MM-DDTHH:MM:SSZ`, with or without a fraction of up to 9 digits. */
export function withoutEndingZeros(time: string): string {
  // `:00Z` ends like that, too, and stays as it is.
  return time.at(-2) === '0' ? utcText(time.slice(0, 19), time.slice(20, -1)) : time;
}

/** The moment of a Date or of milliseconds since 1970; undefined when it is no valid one. */
export function momentOf(time: Date | number): Moment | undefined {
  const ms = Math.floor(Number(time));
  const wholeSeconds = Math.floor(ms / 1000) * 1000;
  return momentAt(wholeSeconds, String(ms - wholeSeconds).padStart(3, '0'));
}

function momentAt(wholeSeconds: number, fraction: string): Moment | undefined {
  if (!(wholeSeconds >= START_OF_YEAR_0 && wholeSeconds <= END_OF_YEAR_9999)) return undefined;
  return moment(wholeSeconds, new Date(wholeSeconds).toISOString().slice(0, 19), fraction);
}

function moment(wholeSeconds: number, seconds: string, fraction: string): Moment {
  return { ms: wholeSeconds + Number(fraction.slice(0, 3).padEnd(3, '0')), utc: utcText(seconds, fraction) };
}

function utcText(seconds: string, fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end--;
  return end === 0 ? `${seconds}Z` : `${seconds}.${fraction.slice(0, end)}Z`;
}

function hasSeparators(text: string): boolean {
  const between = text[10];
  return (
    text[4] === '-' &&
    text[7] === '-' &&
    (between === 'T' || between === 't' || between === ' ') &&
    text[13] === ':' &&
    text[16] === ':'
  );
}

/** Milliseconds that the zone from `at` to the end is ahead of UTC; undefined when it is no zone. */
function zoneOffset(text: string, at: number): number | undefined {
  const rest = text.slice(at, at + 7);
  if (rest === '' || rest === 'Z' || rest === 'z') return 0;
  const sign = rest[0] === '+' ? 1 : rest[0] === '-' ? -1 : undefined;
  const minutesAt = rest[3] === ':' ? 4 : 3;
  const hours = digits(rest, 1, 2);
  const minutes = digits(rest, minutesAt, 2);
  if (sign === undefined || rest.length !== minutesAt + 2 || !(hours <= 23 && minutes <= 59)) return undefined;
  return sign * (hours * 60 + minutes) * MINUTE;
}

/** The number written in exactly `count` decimal digits from `at`; NaN when they are not all digits. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (digits(text, end, 1) >= 0) end++;
  return end;
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Days of the Gregorian calendar; Date.UTC would take the years 0 to 99 for 1900 to 1999. */
function daysSince1970(year: number, month: number, day: number): number {
  // Years that begin in March end with the leap day, which makes their months regular.
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
