import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '@sekoia/automation-sdk-ts';
import type { z } from 'zod';
import { replaceFile } from '../../replace-file.js';

/** One value in a file that only its owner can read; the file is either as before a write or as after it. */
export class JsonFile<T> {
  readonly #path: string;
  readonly #shape: z.ZodType<T>;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, shape: z.ZodType<T>) {
    this.#path = path;
    this.#shape = shape;
  }

  /** The value; undefined when there is no file. Throws when the file can't be read as such a value. */
  async read(): Promise<T | undefined> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    try {
      return this.#shape.parse(JSON.parse(text));
    } catch (cause) {
      const text = `${this.#path} can't be read. Mend it, or move it away to start from an empty console.`;
      throw new ConfigurationError('console_file', text, { cause });
    }
  }

  /** Writes the value after those whose writing began before. */
  write(value: T): Promise<void> {
    const text = JSON.stringify(value, undefined, 2);
    const written = this.#writing.then(() => replaceFile(this.#path, text));
    this.#writing = written.catch(() => undefined);
    return written;
  }
}
