/** A stretch of a text, its end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether the UTF-16 code unit is white space, as String.prototype.trim understands it; false beyond the text's end. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13);
  if (code < 0xa0) return false;
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** The first position at or after `from` that is no white space. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The end of the run of characters other than white space that starts at `from`. */
export function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Where the phrase that starts at `from` ends, any white space between its words; -1 when it does not stand there. */
export function phraseEnd(text: string, phrase: readonly string[], from: number): number {
  let start = from;
  let end = from;
  for (const word of phrase) {
    if (!text.startsWith(word, start)) return -1;
    end = start + word.length;
    if (isWordCharacter(text.charCodeAt(end))) return -1;
    start = skipSpaces(text, end);
  }
  return end;
}

/** The first occurrence of the phrase, as whole words, at or after `from`. */
export function findPhrase(text: string, phrase: readonly [string, ...string[]], from: number): Span | undefined {
  for (let start = text.indexOf(phrase[0], from); start !== -1; start = text.indexOf(phrase[0], start + 1)) {
    const end = isWordCharacter(text.charCodeAt(start - 1)) ? -1 : phraseEnd(text, phrase, start);
    if (end !== -1) return { start, end };
  }
  return undefined;
}

/** The last occurrence of the phrase, as whole words. */
export function findLastPhrase(text: string, phrase: readonly [string, ...string[]]): Span | undefined {
  for (let start = text.lastIndexOf(phrase[0]); start !== -1; start = lastIndexBefore(text, phrase[0], start)) {
    const end = isWordCharacter(text.charCodeAt(start - 1)) ? -1 : phraseEnd(text, phrase, start);
    if (end !== -1) return { start, end };
  }
  return undefined;
}

/** The last occurrence of `part` that starts before `before`; -1 when there is none. */
export function lastIndexBefore(text: string, part: string, before: number): number {
  // lastIndexOf takes a negative position for 0.
  return before === 0 ? -1 : text.lastIndexOf(part, before - 1);
}

/** Whether a word goes on with this code unit: a letter, a digit, `_`, `-`, or anything beyond ASCII that is no white space. */
export function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    (code >= 0x80 && !isSpace(code))
  );
}
