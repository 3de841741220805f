import type { Paint } from './paint.js';
import { paintFor } from './paint.js';

/** Where a command reads its surroundings and writes what it has to say. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** Whether results and messages are JSON, for machines. */
  readonly json: boolean;
  /** Writes a line of the result, to the standard output. */
  readonly print: (line: string) => void;
  /** Writes a line about the work, to the standard error. */
  readonly say: (line: string) => void;
  /** Colours what is printed. */
  readonly paint: Paint;
  /** Colours what is said. */
  readonly paintSaid: Paint;
  /** Aborted by Ctrl-C: the command ends in good order. */
  readonly signal: AbortSignal;
}

/** The terminal of this process. */
export function openTerminal(process: NodeJS.Process, json: boolean, signal: AbortSignal): Terminal {
  const { stdout, stderr, env } = process;
  return {
    environment: env,
    json,
    print: (line) => void stdout.write(`${line}\n`),
    say: (line) => void stderr.write(`${line}\n`),
    paint: paintFor(stdout, env),
    paintSaid: paintFor(stderr, env),
    signal,
  };
}
