import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../platform/loopback-server.js';

const NAME = /^events-(\d{12})\.ndjson$/;

const storedEvent = z.object({ id: z.string(), at: z.number(), intake: z.string(), text: z.string() });

/** An event as a line of a segment's file. */
export type StoredEvent = z.infer<typeof storedEvent>;

/** Where a line stands in the file, in bytes. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
}

/** The file of a segment: one line an event, in the order of their arrival. */
export class SegmentFile {
  readonly path: string;
  #descriptor: number | undefined;

  constructor(directory: string, first: number) {
    this.path = join(directory, `events-${String(first).padStart(12, '0')}.ndjson`);
  }

  /** Adds lines at once, before anybody is told that their events are stored; returns their lengths in bytes. */
  append(events: readonly StoredEvent[]): number[] {
    const lines = events.map((event) => Buffer.from(`${JSON.stringify(event)}\n`));
    this.#descriptor ??= openSync(this.path, 'a', 0o600);
    const all = Buffer.concat(lines);
    const before = fstatSync(this.#descriptor).size;
    try {
      for (let written = 0; written < all.length; ) written += writeSync(this.#descriptor, all, written);
    } catch (error) {
      // What a full disk took of them is no event.
      ftruncateSync(this.#descriptor, before);
      throw error;
    }
    return lines.map(({ length }) => length);
  }

  /** Calls back for each line; what a crash has left of a last line is cut off. */
  readAll(take: (event: StoredEvent, bytes: number) => void): void {
    const content = readFileSync(this.path);
    let start = 0;
    for (let end = content.indexOf(10); end !== -1; end = content.indexOf(10, start)) {
      const event = storedEvent.safeParse(parseJson(content.toString('utf8', start, end)));
      if (!event.success) break;
      take(event.data, end + 1 - start);
      start = end + 1;
    }
    if (start === content.length) return;
    const descriptor = openSync(this.path, 'r+');
    ftruncateSync(descriptor, start);
    closeSync(descriptor);
  }

  /** The lines at these places, in this order. */
  async read(lines: readonly LineSpan[]): Promise<StoredEvent[]> {
    const file = await open(this.path);
    try {
      return await Promise.all(
        lines.map(async ({ from, to }) => {
          const { buffer } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
          return storedEvent.parse(JSON.parse(buffer.toString()));
        }),
      );
    } finally {
      await file.close();
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/** The first event's number of each segment that has a file, in order. */
export async function listSegments(directory: string): Promise<number[]> {
  const numbers = (await readdir(directory)).map((name) => Number(NAME.exec(name)?.[1] ?? Number.NaN));
  return numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
}
