import { isSpace, isWordCharacter, lastIndexBefore } from './phrases.js';

const MAX_DIGITS = 15;

/** N of the first `N times` at or after `from`. */
export function firstCount(text: string, from: number): number | undefined {
  for (let at = text.indexOf('times', from); at !== -1; at = text.indexOf('times', at + 1)) {
    const count = countBefore(text, at, from);
    if (count !== undefined) return count;
  }
  return undefined;
}

/** N of the last `N times` that starts before `before`. */
export function lastCount(text: string, before: number): number | undefined {
  for (let at = lastIndexBefore(text, 'times', before); at !== -1; at = lastIndexBefore(text, 'times', at)) {
    const count = countBefore(text, at, 0);
    if (count !== undefined) return count;
  }
  return undefined;
}

/** The number, a word of its own after `from`, that the `times` at `at` counts; thousands may be separated by commas. */
function countBefore(text: string, at: number, from: number): number | undefined {
  if (isWordCharacter(text.charCodeAt(at + 'times'.length))) return undefined;
  let end = at;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > from && isDigitOrComma(text.charCodeAt(start - 1))) start--;
  if (end === at || start === end || !startsWord(text, start)) return undefined;
  const written = text.slice(start, end);
  const digits = written.replaceAll(',', '');
  if (digits.length > MAX_DIGITS || !separatesThousands(written)) return undefined;
  return Number(digits);
}

function isDigitOrComma(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2c;
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || isSpace(text.charCodeAt(at - 1)) || '(`\'"'.includes(text.charAt(at - 1));
}

function separatesThousands(written: string): boolean {
  return (
    !written.includes(',') ||
    written.split(',').every((group, i) => group.length === 3 || (i === 0 && group.length > 0 && group.length < 3))
  );
}
