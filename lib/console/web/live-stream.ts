import type { LiveEvents } from '../api.js';

const NAMES = ['playbook', 'records', 'log', 'events', 'faults'] as const;
const COME_BACK_MS = 2000;

/** What is told of the connection itself, beside what comes over it. */
export interface StreamEvents extends Omit<LiveEvents, 'reset'> {
  /** Everything is to be read anew: at the beginning, and when too much was missed. */
  readonly fresh: undefined;
  readonly connection: boolean;
}

type Listener<Name extends keyof StreamEvents> = (value: StreamEvents[Name]) => void;

/**
 * The live stream of the console; it comes back by itself, and is then told what it has missed. A hidden page holds none:
 * over HTTP/1.1 a browser keeps six connections to a host for all its tabs, and the seventh request waits.
 */
export class LiveStream {
  readonly #listeners: { [Name in keyof StreamEvents]?: Set<Listener<Name>> } = {};
  readonly #follow = () => (document.hidden ? this.#disconnect() : this.#connect());
  #source: EventSource | undefined;
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
    const source = new EventSource('/api/live');
    this.#source = source;
    source.addEventListener('open', () => this.#tell('connection', true));
    source.addEventListener('error', () => {
      // The browser comes back by itself after a break, but not after a refusal.
      if (source.readyState === EventSource.CLOSED) this.#timer = setTimeout(() => this.#connect(), COME_BACK_MS);
      this.#tell('connection', false);
    });
    for (const name of ['hello', 'reset']) source.addEventListener(name, () => this.#tell('fresh', undefined));
    for (const name of NAMES) source.addEventListener(name, (event) => this.#tell(name, JSON.parse(event.data)));
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  #tell<Name extends keyof StreamEvents>(name: Name, value: StreamEvents[Name]): void {
    const listeners: Set<Listener<Name>> | undefined = this.#listeners[name];
    for (const listener of listeners ?? []) listener(value);
  }
}
