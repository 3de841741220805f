import type { LogEntry } from '../console/platform/platform.js';
import { localTime } from './local-time.js';
import type { Paint } from './paint.js';
import { printable } from './printable.js';
import { wrapText } from './wrap-text.js';

const INDENT = 22;

/** One entry of a trigger's log, as a terminal of that width shows it; it may take several lines. */
export function logLine({ date, level, message }: LogEntry, paint: Paint, width: number): string {
  // The platform's dates are UTC and do not say so.
  const time = localTime(`${date}Z`).slice(11);
  const head = `  ${paint('quiet', time)}  ${paint(level, level.padEnd(8))}  `;
  return head + wrapText(printable(message), Math.max(width - INDENT, 40)).join(`\n${' '.repeat(INDENT)}`);
}
