import { once } from 'node:events';
import { type Paint, paintFor } from './paint.js';

/** Where a command reads its surroundings and writes what it has to say. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** Whether results and messages are JSON, for machines. */
  readonly json: boolean;
  /** Writes a line of the result, to the standard output. */
  readonly print: (line: string) => void;
  /** The same for a long result; what it answers resolves when more can be taken. */
  readonly write: (line: string) => void | Promise<void>;
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
    write(line) {
      if (stdout.write(`${line}\n`)) return;
      return once(stdout, 'drain', { signal }).then(
        () => undefined,
        () => undefined,
      );
    },
    say: (line) => void stderr.write(`${line}\n`),
    paint: paintFor(stdout, env),
    paintSaid: paintFor(stderr, env),
    signal,
  };
}
