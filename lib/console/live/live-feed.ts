import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LiveEvents } from '../api.js';

const REMEMBERED = 500;
/** Keeps the connection open through what closes silent ones. */
const PULSE_MS = 20_000;
/** A page that takes nothing for so long is let go; it comes back by itself. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

interface Remembered {
  readonly number: number;
  readonly text: string;
}

/**
 * Tells every open page what happens, as server-sent events. A page that was away says which event it had last and is told
 * the rest; when that is too long ago, or belongs to an earlier run, it is told to read everything anew.
 */
export class LiveFeed {
  // Numbers of an earlier run mean nothing in this one.
  readonly #run = randomBytes(6).toString('hex');
  readonly #remembered: Remembered[] = [];
  readonly #readers = new Set<ServerResponse>();
  #number = 0;

  /** Tells it. */
  tell<Name extends keyof LiveEvents>(name: Name, value: LiveEvents[Name]): void {
    this.#number += 1;
    const text = this.#write(name, value);
    this.#remembered.push({ number: this.#number, text });
    if (this.#remembered.length > REMEMBERED) this.#remembered.shift();
    for (const reader of this.#readers) {
      if (reader.writableLength > MAX_UNSENT_BYTES) reader.destroy();
      else reader.write(text);
    }
  }

  /** Answers with the stream, which ends when the page goes or the console closes. */
  open(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(`retry: 1000\n${this.#missedSince(request.headers['last-event-id'])}\n`);
    this.#readers.add(response);
    const pulse = setInterval(() => response.write(': \n\n'), PULSE_MS);
    response.once('close', () => {
      clearInterval(pulse);
      this.#readers.delete(response);
    });
  }

  #missedSince(last: string | string[] | undefined): string {
    if (last === undefined) return `id: ${this.#run}-${this.#number}\nevent: hello\ndata: {}\n`;
    const [run, number] = String(last).split('-');
    const since = Number(number);
    const oldest = this.#remembered[0]?.number ?? this.#number + 1;
    if (run !== this.#run || !(since >= oldest - 1)) return this.#write('reset', {});
    return this.#remembered
      .filter((one) => one.number > since)
      .map(({ text }) => text)
      .join('');
  }

  #write(name: string, value: unknown): string {
    return `id: ${this.#run}-${this.#number}\nevent: ${name}\ndata: ${JSON.stringify(value)}\n\n`;
  }
}
