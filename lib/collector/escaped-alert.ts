import type { EscapedText } from '@sekoia/automation-sdk-ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
/** A word of four bytes, each of them the same. */
const four = (byte: number): number => byte * 0x01010101;
const QUOTES = four(QUOTE);
const BACKSLASHES = four(BACKSLASH);
const SPACES = four(SPACE);
const ONES = four(0x01);
const HIGH_BITS = four(0x80);
/** A control character becomes `\u00XX` at most, with its backslash doubled the second time. */
const MOST_BYTES_FOR_ONE = 7;

/** How many backslashes stand before a character that needs them when the text is escaped once, and escaped again. */
type Backslashes = 1 | 3;

/** Where an alert stands in its page; only ASCII, so that its bytes are its characters. */
export interface AsciiAlert {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** The alert's own text as an event, written from the page's bytes without a string in between. */
export function rawEvent({ bytes, start, end }: AsciiAlert): EscapedText {
  return {
    maxBytes: (end - start) * MOST_BYTES_FOR_ONE,
    writeTo: (target, at) => writeEscaped(bytes, start, end, target, at, 1),
  };
}

/** An event that begins with the alert's text as its `message`; `escapedRest` is what follows, escaped already. */
export function eventWithMessage({ bytes, start, end }: AsciiAlert, escapedRest: string): EscapedText {
  return {
    maxBytes: HEAD.length + (end - start) * MOST_BYTES_FOR_ONE + escapedRest.length * 3,
    writeTo(target, at) {
      HEAD.copy(target, at);
      const messageEnd = writeEscaped(bytes, start, end, target, at + HEAD.length, 3);
      return messageEnd + target.write(escapedRest, messageEnd, 'utf8');
    },
  };
}

/** How an event's JSON text begins before the text of its message, escaped. */
const HEAD = Buffer.from('{\\"message\\":\\"');

/** What JSON.stringify makes of the text, without the quotes around it; or the same of what it has made. */
function writeEscaped(
  source: Buffer,
  start: number,
  end: number,
  target: Buffer,
  from: number,
  backslashes: Backslashes,
): number {
  const sourceWords = wordsOf(source);
  const targetWords = wordsOf(target);
  const lastWord = end - 4;
  let at = from;
  for (let index = start; index < end; index++) {
    while (index <= lastWord) {
      const word = sourceWords.getInt32(index, true);
      // What stands in it behind the plain bytes is written again, and takes as much room at least.
      targetWords.setInt32(at, word, true);
      const plain = beforeEscape(word);
      index += plain;
      at += plain;
      if (plain < 4) break;
    }
    if (index === end) return at;
    const byte = source[index] as number;
    if (byte < SPACE) {
      at += target.write(backslashes === 1 ? controlEscape(byte) : `\\${controlEscape(byte)}`, at, 'latin1');
    } else {
      if (byte === QUOTE || byte === BACKSLASH) {
        for (let count = 0; count < backslashes; count++) target[at++] = BACKSLASH;
      }
      target[at++] = byte;
    }
  }
  return at;
}

/** The bytes as words: taken four at a time, texts are written in two thirds of the time. */
function wordsOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** How many of the word's four bytes (little-endian) stand before the first that a JSON string can't hold as it is. */
function beforeEscape(word: number): number {
  const marks = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | ((word - SPACES) & ~word);
  const high = marks & HIGH_BITS;
  return high === 0 ? 4 : (31 - Math.clz32(high & -high)) >>> 3;
}

/** Marks, by their high bits, the bytes that are zero: the first of them for certain, what stands behind it perhaps wrongly. */
function zeroBytes(word: number): number {
  return (word - ONES) & ~word;
}

/** `\n`, `\u0001` and the like. */
function controlEscape(byte: number): string {
  return JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
}
