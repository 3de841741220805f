import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type ConsoleOptions, type RunningConsole, startConsole } from '../../lib/console/start-console.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';

/** What the console answers. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A console of its own directory, and a client that sends exactly the headers it is given. */
export interface ConsoleClient {
  readonly running: RunningConsole;
  readonly directory: string;
  readonly host: string;
  /** Sends a request; without `headers` those of the console's own page. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** As `call`, and reads the answer as JSON. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** Starts a console. */
export async function openConsole(options: Partial<ConsoleOptions> = {}): Promise<ConsoleClient> {
  const temporary = await temporaryDirectory();
  const running = await startConsole({
    directory: temporary.path,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    host: '127.0.0.1',
    port: 0,
    token: undefined,
    keepEvents: 1000,
    environment: { PATH: process.env['PATH'], HOME: temporary.path },
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  const host = `127.0.0.1:${running.port}`;
  const own = { Host: host, Origin: `http://${host}`, 'Content-Type': 'application/json' };
  const call: ConsoleClient['call'] = (method, path, body, headers = own) =>
    new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: running.port, method, path, headers, agent: false },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
        },
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    running,
    directory: options.directory ?? temporary.path,
    host,
    call,
    async ask<T>(method: string, path: string, body: unknown = {}) {
      const { text } = await call(method, path, method === 'GET' ? undefined : body);
      return JSON.parse(text) as T;
    },
    async close() {
      await running.close();
      await temporary.remove();
    },
  };
}
