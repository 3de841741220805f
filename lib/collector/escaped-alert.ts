import type { EscapedText } from '@sekoia/automation-sdk-ts';
import type { ByteWindow } from '../alert-bytes/byte-window.js';
import { writeUtf8 } from '../alert-bytes/native-text.js';
import { writeEscaped } from '../alert-bytes/write-escaped.js';

/** A control character becomes `\u00XX` at most, with its backslash doubled the second time. */
const MOST_BYTES_FOR_ONE = 7;
/** How an event's JSON text begins before the text of its message, escaped. */
const HEAD = Buffer.from('{\\"message\\":\\"');

/** Where an alert stands in its page, which is valid UTF-8. */
export interface AlertPlace {
  readonly window: ByteWindow;
  readonly start: number;
  readonly end: number;
}

/** The alert's own text as an event, written from the page's bytes without a string in between. */
export function rawEvent({ window, start, end }: AlertPlace): EscapedText {
  return {
    maxBytes: (end - start) * MOST_BYTES_FOR_ONE,
    writeTo: (target, at) => writeEscaped(window, start, end, target, at, 1),
  };
}

/** An event that begins with the alert's text as its `message`; `escapedRest` is what follows, escaped already. */
export function eventWithMessage({ window, start, end }: AlertPlace, escapedRest: string): EscapedText {
  return {
    maxBytes: HEAD.length + (end - start) * MOST_BYTES_FOR_ONE + escapedRest.length * 3,
    writeTo(target, at) {
      target.set(HEAD, at);
      const messageEnd = writeEscaped(window, start, end, target, at + HEAD.length, 3);
      return messageEnd + writeUtf8(target, escapedRest, messageEnd);
    },
  };
}
