import type { LiveEvents, LiveMessage } from '../live/live-events.js';

const COME_BACK_MS = 1000;

/** What is told of the connection itself, beside what comes over it. */
export interface StreamEvents extends Omit<LiveEvents, 'hello' | 'reset'> {
  /** Everything is to be read anew: at the beginning, and when too much was missed. */
  readonly fresh: undefined;
  readonly connection: boolean;
}

type Listener<Name extends keyof StreamEvents> = (value: StreamEvents[Name]) => void;

/** The live stream of the console; it comes back by itself, and is then told what it has missed. A hidden page needs none. */
export class LiveStream {
  readonly #listeners: { [Name in keyof StreamEvents]?: Set<Listener<Name>> } = {};
  readonly #follow = () => (document.hidden ? this.#disconnect() : this.#connect());
  #socket: WebSocket | undefined;
  /** The ID of the last message. */
  #last: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  open(): void {
    document.addEventListener('visibilitychange', this.#follow);
    this.#follow();
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#follow);
    this.#disconnect();
  }

  /** Calls back until the returned function is called. */
  on<Name extends keyof StreamEvents>(name: Name, listener: Listener<Name>): () => void {
    const listeners: Set<Listener<Name>> = this.#listeners[name] ?? new Set();
    (this.#listeners as Record<Name, Set<Listener<Name>>>)[name] = listeners;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #connect(): void {
    this.#disconnect();
    const address = new URL('/api/live', location.origin.replace(/^http/, 'ws'));
    if (this.#last !== undefined) address.searchParams.set('since', this.#last);
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#tell('connection', true));
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(data)));
    socket.addEventListener('close', () => {
      if (this.#socket !== socket) return;
      this.#timer = setTimeout(() => this.#connect(), COME_BACK_MS);
      this.#tell('connection', false);
    });
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #take({ id, name, value }: LiveMessage): void {
    this.#last = id;
    if (name === 'hello' || name === 'reset') this.#tell('fresh', undefined);
    else this.#tell(name, value as StreamEvents[typeof name]);
  }

  #tell<Name extends keyof StreamEvents>(name: Name, value: StreamEvents[Name]): void {
    const listeners: Set<Listener<Name>> | undefined = this.#listeners[name];
    for (const listener of listeners ?? []) listener(value);
  }
}
