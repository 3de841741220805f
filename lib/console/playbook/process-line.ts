import { z } from 'zod';
import { parseJson } from '../platform/loopback-server.js';

const processLine = z.object({
  time: z.iso.datetime(),
  level: z.enum(['debug', 'info', 'warning', 'error', 'critical']),
  code: z.string(),
  message: z.string(),
});

/** A monitoring message as a trigger's process writes it. */
export type ProcessLine = z.infer<typeof processLine>;

/** Takes a process's output in pieces, and hands on each whole line: a message, or the text of what is none. */
export function lineReader(take: (line: ProcessLine | string) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') take(processLine.safeParse(parseJson(line)).data ?? line);
    }
  };
}
