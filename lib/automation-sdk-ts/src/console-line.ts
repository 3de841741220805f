import type { Clock } from './clock.js';
import type { Level } from './message.js';

/** Takes one line of the console, its line end included. */
export type WriteLine = (line: string) => void;

/**
 * One monitoring message as a JSON line, which any collector of container logs reads. A logging library would add its own
 * levels, timers and worker threads, and nothing that these few fields need.
 */
export function consoleLine(clock: Clock, level: Level, code: string, message: string, detail?: string): string {
  const time = new Date(clock.now()).toISOString();
  return `${JSON.stringify({ time, level, code, message, ...(detail === undefined ? {} : { detail }) })}\n`;
}
