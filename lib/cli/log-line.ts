import type { LogEntry } from '../console/platform/platform.js';
import { localTime } from './local-time.js';
import type { Paint } from './paint.js';
import { printable } from './printable.js';

/** One line of a trigger's log, as a terminal shows it. */
export function logLine({ date, level, message }: LogEntry, paint: Paint): string {
  // The platform's dates are UTC and do not say so.
  const time = localTime(`${date}Z`).slice(11);
  return `  ${paint('quiet', time)}  ${paint(level, level.padEnd(8))}  ${printable(message)}`;
}
