import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';

/** One call as it arrived. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly text: string;
  readonly body: unknown;
}

/** How one call is answered, good or bad. */
export type Behaviour =
  | { readonly kind: 'json'; readonly body: unknown; readonly status?: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow body' }
  | { readonly kind: 'html page' }
  | { readonly kind: 'redirect'; readonly to: string };

/** Every way in which the platform can fail without saying no. */
export const failures: readonly Behaviour[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'slow body' },
  { kind: 'html page' },
  { kind: 'redirect', to: 'http://127.0.0.1:9/elsewhere' },
];

/** A server that plays the platform: it answers well unless told otherwise, and keeps every call. */
export interface PlatformServer {
  readonly url: string;
  readonly callbackUrl: string;
  readonly calls: Call[];
  /** The next calls to paths that end so are answered like this; the last behaviour goes on when it says `forever`. */
  next(pathEnd: string, behaviours: readonly Behaviour[], forever?: Behaviour): void;
  /** The good answer of a path. */
  answers: Record<string, unknown>;
  to(pathEnd: string): Call[];
  /** All lines of the trigger log that were accepted. */
  logLines(): { date: string; level: string; message: string }[];
  close(): Promise<void>;
}

/** Starts the platform on loopback. */
export async function startPlatformServer(tls?: TlsOptions): Promise<PlatformServer> {
  const calls: Call[] = [];
  const accepted: Call[] = [];
  const scripts = new Map<string, { readonly queue: Behaviour[]; readonly forever: Behaviour | undefined }>();
  const answers: Record<string, unknown> = {};

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    const path = request.url ?? '';
    const call = {
      method: request.method ?? '',
      path,
      authorization: request.headers.authorization,
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
    calls.push(call);
    const [, script] = [...scripts].find(([end]) => path.endsWith(end)) ?? [];
    const behaviour = script?.queue.shift() ?? script?.forever;
    if (behaviour === undefined) accepted.push(call);
    const [, body] = Object.entries(answers).find(([end]) => path.endsWith(end)) ?? [];
    answer(response, behaviour ?? { kind: 'json', body: body ?? {} });
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch(() => response.destroy());
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // By its name, as through a proxy Node can't check a certificate against an address.
  const url = tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;

  const to = (pathEnd: string) => calls.filter(({ path }) => path.endsWith(pathEnd));
  return {
    url,
    callbackUrl: `${url}/api/v1/triggers/7/callback`,
    calls,
    answers,
    to,
    next: (pathEnd, behaviours, forever) => void scripts.set(pathEnd, { queue: [...behaviours], forever }),
    logLines: () =>
      accepted
        .filter(({ path }) => path.endsWith('/logs'))
        .flatMap(({ body }) => (body as { logs: { date: string; level: string; message: string }[] }).logs),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer(response: ServerResponse, behaviour: Behaviour): void {
  switch (behaviour.kind) {
    case 'json':
      response.writeHead(behaviour.status ?? 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(behaviour.body));
      break;
    case 'status':
      response.writeHead(behaviour.status, { 'content-type': 'application/json' });
      response.end('{"message":"no"}');
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'hang':
      break;
    case 'slow body':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
      break;
    case 'html page':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>Sign in</title>');
      break;
    case 'redirect':
      response.writeHead(302, { location: behaviour.to });
      response.end();
      break;
  }
}
