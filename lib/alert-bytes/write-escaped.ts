import type { ByteWindow } from './byte-window.js';
import { compiled, memory } from './instance.js';

const PIECE = compiled.escapeBytes.value;
const escaped = new Uint8Array(memory.buffer, compiled.escapedStart.value);

/** How many backslashes stand before a character that needs them when the text is escaped once, and escaped again. */
type Backslashes = 1 | 3;

/**
 * Writes what JSON.stringify makes of the text, without the quotes around it; or the same of what it has made. The bytes must be
 * valid UTF-8.
 */
export function writeEscaped(
  window: ByteWindow,
  start: number,
  end: number,
  target: Buffer,
  at: number,
  backslashes: Backslashes,
): number {
  let written = at;
  for (let from = start; from < end; from += PIECE) {
    const to = Math.min(from + PIECE, end);
    const length = compiled.escapeText(window.addressOf(from, to), to - from, backslashes);
    target.set(escaped.subarray(0, length), written);
    written += length;
  }
  return written;
}
