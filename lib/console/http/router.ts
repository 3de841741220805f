import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson, readBody } from '../platform/loopback-server.js';
import { HttpProblem } from './http-problem.js';

const MAX_BODY_BYTES = 1024 * 1024;

/** A request as a route sees it. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The parts of the path that the route names `:name`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body, parsed from JSON; undefined when there is none. */
  readonly body: unknown;
}

/** Answers a call: with a value, sent as JSON, or by itself, in which case it returns undefined. */
export type Handler = (call: Call) => unknown;

/** Handlers by `METHOD /path/:parameter`. */
export type Routes = Readonly<Record<string, Handler>>;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handler: Handler;
}

/** Finds and calls the handler of a request under /api/. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(routes: Routes) {
    this.#routes = Object.entries(routes).map(([key, handler]) => {
      const [method = '', path = ''] = key.split(' ');
      return { method, path: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), handler };
    });
  }

  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const fitting = this.#routes.filter(({ path }) => path.test(url.pathname));
    const route = fitting.find(({ method }) => method === request.method);
    if (!route) throw new HttpProblem(fitting.length > 0 ? 405 : 404, 'The console has no such function.');
    const answer = await route.handler({
      request,
      response,
      parameters: route.path.exec(url.pathname)?.groups ?? {},
      query: url.searchParams,
      body: request.method === 'GET' ? undefined : await readJson(request),
    });
    if (answer !== undefined) sendJson(response, 200, answer);
  }
}

/** Sends the value as JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const body = await readBody(request);
  if (body.length > MAX_BODY_BYTES) throw tooLarge();
  if (body.length === 0) return undefined;
  const value = parseJson(body.toString());
  if (value === undefined) throw new HttpProblem(400, 'The body is not JSON.');
  return value;
}

function tooLarge(): HttpProblem {
  return new HttpProblem(413, 'The body is larger than 1 MiB.');
}
