import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import type { LiveEvents } from './live-events.js';

const REMEMBERED = 500;
/** Keeps the connection open through what closes silent ones. */
const PULSE_MS = 20_000;
/** A page that takes nothing for so long is let go; it comes back by itself. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;
/** A page only listens. */
const MAX_RECEIVED_BYTES = 1024;
/** A page says nothing before it is answered. */
const NOTHING_SENT = Buffer.alloc(0);

interface Remembered {
  readonly number: number;
  readonly text: string;
}

/**
 * Tells every open page what happens. A page that was away says which message it had last and is told the rest; when that is
 * too long ago, or belongs to an earlier run, it is told to read everything anew. Over WebSockets: of other connections a
 * browser opens six to a host, for all its windows together, and a seventh window would wait for its page.
 */
export class LiveFeed {
  // Numbers of an earlier run mean nothing in this one.
  readonly #run = randomBytes(6).toString('hex');
  readonly #remembered: Remembered[] = [];
  readonly #pages = new WebSocketServer({ noServer: true, maxPayload: MAX_RECEIVED_BYTES });
  #number = 0;

  /** Tells it. */
  tell<Name extends keyof LiveEvents>(name: Name, value: LiveEvents[Name]): void {
    this.#number += 1;
    const text = this.#write(name, value);
    this.#remembered.push({ number: this.#number, text });
    if (this.#remembered.length > REMEMBERED) this.#remembered.shift();
    for (const page of this.#pages.clients) {
      if (page.bufferedAmount > MAX_UNSENT_BYTES) page.terminate();
      else page.send(text);
    }
  }

  /** Tells the page that has asked for a WebSocket, until it goes or the console closes; `since` is the ID it had last. */
  open(request: IncomingMessage, since: string | undefined): void {
    this.#pages.handleUpgrade(request, request.socket, NOTHING_SENT, (page) => {
      const pulse = setInterval(() => page.ping(), PULSE_MS);
      page.on('close', () => clearInterval(pulse)).on('error', () => page.terminate());
      for (const text of this.#missedSince(since)) page.send(text);
    });
  }

  /** Hangs up on every page. */
  close(): void {
    for (const page of this.#pages.clients) page.terminate();
  }

  #missedSince(last: string | undefined): string[] {
    if (last === undefined) return [this.#write('hello', {})];
    const [run, number] = last.split('-');
    const since = Number(number);
    const oldest = this.#remembered[0]?.number ?? this.#number + 1;
    if (run !== this.#run || !(since >= oldest - 1)) return [this.#write('reset', {})];
    return this.#remembered.filter((one) => one.number > since).map(({ text }) => text);
  }

  #write<Name extends keyof LiveEvents>(name: Name, value: LiveEvents[Name]): string {
    return JSON.stringify({ id: `${this.#run}-${this.#number}`, name, value });
  }
}
