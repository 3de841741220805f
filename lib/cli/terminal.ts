import { once } from 'node:events';
import type { Level } from '@sekoia/automation-sdk-ts';
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
  /** Says a message, to the standard error: its level, unless it is info, and the text; as JSON with `facts`, for machines. */
  readonly tell: (level: Level, code: string, message: string, facts?: Readonly<Record<string, unknown>>) => void;
  /** Colours what is printed. */
  readonly paint: Paint;
  /** Aborted by Ctrl-C: the command ends in good order. */
  readonly signal: AbortSignal;
}

/** The terminal of this process. */
export function openTerminal(process: NodeJS.Process, json: boolean, signal: AbortSignal): Terminal {
  const { stdout, stderr, env } = process;
  const say = (line: string) => void stderr.write(`${line}\n`);
  const paintSaid = paintFor(stderr, env);
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
    say,
    tell(level, code, message, facts) {
      if (json) say(JSON.stringify({ level, code, message, ...facts }));
      else say(level === 'info' ? message : `${paintSaid(level, level)}: ${message}`);
    },
    paint: paintFor(stdout, env),
    signal,
  };
}
