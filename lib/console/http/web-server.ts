import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { checkRequest, type GuardOptions } from './guard.js';
import { HttpProblem } from './http-problem.js';
import type { PageFiles } from './page-files.js';
import { type Router, sendJson } from './router.js';
import { securityHeaders } from './security-headers.js';

/** What the console serves, where, and to whom. */
export interface WebServerOptions {
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  readonly router: Router;
  readonly page: PageFiles;
  /** Is told of an error that no answer explains. */
  readonly onError: (error: unknown) => void;
}

/** The console's own web server. */
export interface WebServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts listening; a port that is taken rejects with EADDRINUSE. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const isLoopback = options.host === '127.0.0.1';
  let guard: GuardOptions | undefined;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (guard) void handle(request, response, guard, options);
  };
  const server = createServer(answer);
  server.on('upgrade', (request, socket: Socket) => answer(request, responseTo(request, socket)));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  guard = {
    port: isLoopback ? port : undefined,
    host: isLoopback ? undefined : options.host,
    token: options.token,
  };
  return { port, close: () => closeServer(server) };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  guard: GuardOptions,
  { router, page, onError }: WebServerOptions,
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  try {
    const url = readUrl(request);
    checkRequest(request, url.pathname, guard);
    if (url.pathname.startsWith('/api/')) await router.answer(request, response, url);
    else page.send(request, response, url.pathname);
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    if (!(error instanceof HttpProblem)) onError(error);
    const problem =
      error instanceof HttpProblem ? error : new HttpProblem(500, 'The console failed; its terminal says more.');
    sendJson(response, problem.status, problem.body);
  }
}

/** A request for another protocol comes without a response of its own; where it is refused, it needs one. */
function responseTo(request: IncomingMessage, socket: Socket): ServerResponse {
  socket.on('error', () => socket.destroy());
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  return response.once('finish', () => socket.end());
}

function readUrl(request: IncomingMessage): URL {
  try {
    return new URL(request.url ?? '/', 'http://console');
  } catch {
    throw new HttpProblem(400, 'The address can not be read.');
  }
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
