import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { HttpProblem } from './http-problem.js';

/** Whom the console lets in. */
export interface GuardOptions {
  /** The port it listens on; absent where a request may come through a forwarded port. */
  readonly port: number | undefined;
  /** The name it was told to listen on, beyond the names of loopback. */
  readonly host: string | undefined;
  /** Needed for everything but the page's own files; absent on loopback. */
  readonly token: string | undefined;
}

/** The cookie that holds the token. */
export const TOKEN_COOKIE = 'console_token';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Throws HttpProblem for a request that did not come from the console's own page.
 * - Host: a page of another name whose address was turned to this machine (DNS rebinding) gives itself away.
 * - Origin and Sec-Fetch-Site: another site can't write, and can't even read.
 * - Content-Type: what changes something is JSON, which another site can't post without being asked first.
 */
export function checkRequest(request: IncomingMessage, path: string, options: GuardOptions): void {
  const { host, origin } = request.headers;
  if (host === undefined || !isOwnHost(host, options)) {
    throw new HttpProblem(403, 'This host name is not the console. Open the address that it printed when it started.');
  }
  // Over https where something in front of the console speaks it.
  const foreign = origin !== undefined && ![`http://${host}`, `https://${host}`].includes(origin);
  const site = request.headers['sec-fetch-site'];
  const crossSite = path.startsWith('/api/') && (site === 'cross-site' || site === 'same-site');
  if (foreign || crossSite) throw new HttpProblem(403, 'The request came from another site.');

  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (origin === undefined) throw new HttpProblem(403, 'A request that changes something must name its Origin.');
    if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? '')) {
      throw new HttpProblem(415, 'The Content-Type must be application/json.');
    }
  }
  if (path.startsWith('/api/') && path !== '/api/session') checkToken(request, options.token);
}

/** Whether both texts are the same, in a time that says nothing of where they differ. */
export function isSameToken(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function checkToken(request: IncomingMessage, token: string | undefined): void {
  if (token === undefined) return;
  const cookie = new RegExp(`(?:^|; )${TOKEN_COOKIE}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1];
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  // A cookie of an earlier start must not stand in the way of the right token.
  if (![cookie, bearer].some((given) => given !== undefined && isSameToken(given, token))) {
    throw new HttpProblem(401, 'The token is missing or wrong. Open the address that the console printed.');
  }
}

function isOwnHost(given: string, { port, host }: GuardOptions): boolean {
  const [, name = '', givenPort = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(given.toLowerCase()) ?? [];
  if (port !== undefined && Number(givenPort) !== port) return false;
  if (loopbackNames.includes(name)) return true;
  if (host === undefined) return false;
  // Rebinding needs a name: an address in figures can't be turned elsewhere.
  return name === host.toLowerCase() || name === hostname().toLowerCase() || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}
