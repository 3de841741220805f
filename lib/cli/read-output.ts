import { z } from 'zod';

const consoleLine = z.object({ code: z.string() });

/**
 * Takes what a trigger's process writes, in pieces, and calls back for each whole line: with the code of a monitoring
 * message, or with the line itself when it is none (what node says when it can't start, for instance).
 */
export function readOutput(on: { onCode(code: string): void; onStray(line: string): void }): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = consoleLine.safeParse(parseJson(line));
      if (message.success) on.onCode(message.data.code);
      else on.onStray(line);
    }
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
