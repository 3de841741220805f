import { BLOCK, type ByteWindow } from './byte-window.js';
import { compiled } from './instance.js';

/** The position after the list or object that starts at `start`; undefined when it is cut short. Its brackets are only counted. */
export function nestedEnd(window: ByteWindow, start: number): number | undefined {
  const { length } = window.bytes;
  compiled.beginScan();
  for (let at = start; at < length; ) {
    // A block, at least: with less, the scan would stand still.
    const address = window.addressOf(at, Math.min(at + BLOCK, length));
    const found = compiled.scan(address, window.endAddress + (window.isLast ? BLOCK : 0));
    if (found > 0) return window.positionOf(found);
    at = window.positionOf(-found);
  }
  return undefined;
}
