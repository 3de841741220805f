import type { EscapedText } from '@sekoia/automation-sdk-ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
/** 1 for what a JSON string can't hold as it is: quotes, backslashes, and control characters. */
const NEEDS_ESCAPE = new Uint8Array(256).fill(1, 0, SPACE);
NEEDS_ESCAPE[QUOTE] = 1;
NEEDS_ESCAPE[BACKSLASH] = 1;
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

/** An event that begins with the alert's text as its `message`; `rest` is the event's JSON text after that. */
export function eventWithMessage({ bytes, start, end }: AsciiAlert, rest: string): EscapedText {
  const escapedRest = JSON.stringify(rest).slice(1, -1);
  return {
    maxBytes: HEAD.length + (end - start) * MOST_BYTES_FOR_ONE + escapedRest.length * 3,
    writeTo(target, at) {
      HEAD.copy(target, at);
      const messageEnd = writeEscaped(bytes, start, end, target, at + HEAD.length, 3);
      return messageEnd + target.write(escapedRest, messageEnd, 'utf8');
    },
  };
}

/** How an event's JSON text begins before the text of its message, and that escaped. */
export const EVENT_HEAD = '{"message":"';
const HEAD = Buffer.from(JSON.stringify(EVENT_HEAD).slice(1, -1));

/** What JSON.stringify makes of the text, without the quotes around it; or the same of what it has made. */
function writeEscaped(
  source: Buffer,
  start: number,
  end: number,
  target: Buffer,
  from: number,
  backslashes: Backslashes,
): number {
  let at = from;
  for (let index = start; index < end; index++) {
    let byte = source[index] as number;
    // Most of a text needs no escape: for single bytes a loop is quicker than anything that Buffer or String offer.
    while (NEEDS_ESCAPE[byte] === 0) {
      target[at++] = byte;
      if (++index === end) return at;
      byte = source[index] as number;
    }
    if (byte < SPACE) {
      at += target.write(backslashes === 1 ? controlEscape(byte) : `\\${controlEscape(byte)}`, at, 'latin1');
    } else {
      for (let count = 0; count < backslashes; count++) target[at++] = BACKSLASH;
      target[at++] = byte;
    }
  }
  return at;
}

/** `\n`, `\u0001` and the like. */
function controlEscape(byte: number): string {
  return JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
}
