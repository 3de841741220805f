import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Level } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import type { LogLine } from '../api.js';
import { parseJson } from '../platform/loopback-server.js';

const storedLine = z.object({
  number: z.number(),
  at: z.number(),
  level: z.enum(['debug', 'info', 'warning', 'error', 'critical']),
  message: z.string(),
  from: z.enum(['trigger', 'console']),
});

/** Which lines are asked for. */
export interface LogSearch {
  readonly levels: ReadonlySet<string>;
  /** In any case. */
  readonly text: string;
  /** Only lines with a smaller number. */
  readonly before: number;
  readonly limit: number;
}

/** The newest lines of the trigger log, in memory and in a file. */
export class LogStore {
  readonly #path: string;
  readonly #limit: number;
  #lines: LogLine[] = [];
  #inFile = 0;

  constructor(path: string, limit: number) {
    this.#path = path;
    this.#limit = limit;
  }

  /** Reads what an earlier run has left; what can't be read of it is left out. */
  load(): void {
    let text = '';
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const lines = text.split('\n').flatMap((line) => storedLine.safeParse(parseJson(line)).data ?? []);
    this.#lines = lines.slice(-this.#limit);
    this.#rewrite();
  }

  add(
    lines: readonly { readonly at: number; readonly level: Level; readonly message: string }[],
    from: LogLine['from'],
  ): LogLine[] {
    const first = (this.#lines.at(-1)?.number ?? 0) + 1;
    const added = lines.map(({ at, level, message }, index) => ({ number: first + index, at, level, message, from }));
    this.#lines.push(...added);
    appendFileSync(this.#path, added.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
    this.#inFile += added.length;
    if (this.#lines.length > this.#limit) this.#lines = this.#lines.slice(-this.#limit);
    if (this.#inFile > 2 * this.#limit) this.#rewrite();
    return added;
  }

  /** The newest lines that fit, the oldest of them first, and whether there are older ones. */
  search({ levels, text, before, limit }: LogSearch): { lines: LogLine[]; isComplete: boolean } {
    const words = text.toLowerCase();
    const fitting = this.#lines.filter(
      (line) => line.number < before && levels.has(line.level) && line.message.toLowerCase().includes(words),
    );
    return { lines: fitting.slice(-limit), isComplete: fitting.length <= limit };
  }

  #rewrite(): void {
    const text = this.#lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    writeFileSync(`${this.#path}.tmp`, text, { mode: 0o600 });
    renameSync(`${this.#path}.tmp`, this.#path);
    this.#inFile = this.#lines.length;
  }
}
