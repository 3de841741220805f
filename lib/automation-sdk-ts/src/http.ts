import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { createSecureContext } from 'node:tls';
import got, { type CancelableRequest, CancelError, type Got } from 'got';
import type { HttpSettings } from './context.js';
import type { Environment } from './environment.js';
import type { Certificates } from './http-certificates.js';
import { asProxyError, proxyAddresses, proxyHost } from './http-proxy.js';

/** A free connection is let go before the usual server would close it, so that a call does not meet a closing one. */
const IDLE_CONNECTION_MS = 30_000;

/** An answer's body was larger than the client's limit; the call was ended. */
export class BodyTooLargeError extends Error {
  readonly code = 'ERR_BODY_TOO_LARGE';
  constructor(maxBodyBytes: number, options?: ErrorOptions) {
    super(`The answer is larger than ${maxBodyBytes} bytes`, options);
  }
}

/** The server wanted the call to go to another origin; it was not followed, so that no credential travels. */
export class RedirectRefusedError extends Error {
  readonly code = 'ERR_REDIRECT_REFUSED';
}

/**
 * How calls leave the process: kept-alive connections, through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name,
 * with `certificates` when there are any. proxy-agent reads the variables again, from the process itself, at each call.
 */
export async function createHttpSettings(
  environment: Environment,
  certificates: Certificates = {},
): Promise<HttpSettings> {
  // One context for all connections: with `ca` as an option, Node would parse every root again at each connection.
  const secureContext = Object.keys(certificates).length === 0 ? undefined : createSecureContext(certificates);
  const options = {
    keepAlive: true,
    timeout: IDLE_CONNECTION_MS,
    ...(secureContext === undefined ? {} : { secureContext }),
  };
  const agent = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  if (proxyAddresses(environment).length === 0) {
    return { agent, https: authorities(certificates), proxyFor: async () => undefined };
  }

  // Read only where it is needed: it takes 50 ms of the start, and 12 MB.
  const { ProxyAgent } = await import('proxy-agent');
  // The proxy agent writes the whole address into a plain http request only when it opens a connection for it.
  const http = new ProxyAgent({ ...options, keepAlive: false, httpAgent: agent.http, httpsAgent: agent.https });
  const https = new ProxyAgent({ ...options, httpAgent: agent.http, httpsAgent: agent.https });
  // The environment answers without a request, whatever the type says.
  const proxyFor = https.getProxyForUrl as (url: string) => string | Promise<string>;
  return {
    // A proxy agent speaks both protocols; its type does not say so.
    agent: { http, https: https as unknown as HttpsAgent },
    https: authorities(certificates),
    proxyFor: async ({ href }) => proxyHost(await proxyFor(href)),
  };
}

/** Closes the connections that `settings` keep open. */
export function closeHttpSettings(settings: HttpSettings): void {
  settings.agent.http.destroy();
  settings.agent.https.destroy();
}

/** What a client for one server is made of. */
export interface HttpClientOptions {
  readonly settings: HttpSettings;
  readonly userAgent: string;
  /** The longest one call may last, from its start to the last byte of its answer. */
  readonly timeoutMs: number;
  /** The largest answer, uncompressed; a larger one ends the call with BodyTooLargeError. */
  readonly maxBodyBytes: number;
}

/**
 * A got instance that does nothing behind its caller's back: a deadline for every call, no retries, no error for an HTTP
 * status, no redirect to another origin, no body above the limit. describeNetworkError says what a rejection means.
 */
export function createHttpClient({ settings, userAgent, timeoutMs, maxBodyBytes }: HttpClientOptions): Got {
  return got.extend({
    agent: settings.agent,
    headers: { 'user-agent': userAgent },
    timeout: { request: timeoutMs },
    retry: { limit: 0 },
    throwHttpErrors: false,
    // A POST that is redirected stays a POST: as a GET it would look delivered.
    methodRewriting: false,
    maxRedirects: 3,
    hooks: {
      beforeRedirect: [
        (next, response) => {
          const from = new URL(response.url).origin;
          const to = new URL(String(next.url)).origin;
          if (from !== to) throw new RedirectRefusedError(`${from} redirects to ${to}`);
        },
      ],
    },
    handlers: [
      (options, next) => {
        const request = next(options);
        // A stream is bounded by whoever reads it: see readAnswer.
        return 'cancel' in request
          ? boundedAnswer(request, new URL(String(options.url)), settings, maxBodyBytes)
          : request;
      },
    ],
  });
}

async function boundedAnswer(
  request: CancelableRequest,
  url: URL,
  settings: HttpSettings,
  maxBodyBytes: number,
): Promise<never> {
  let tooLarge = false;
  request.on('downloadProgress', ({ transferred }) => {
    if (transferred <= maxBodyBytes || tooLarge) return;
    tooLarge = true;
    request.cancel();
  });
  try {
    // What a handler answers is generic in got's types, and only got knows what it is.
    return (await request) as never;
  } catch (error) {
    if (tooLarge && error instanceof CancelError) throw new BodyTooLargeError(maxBodyBytes, { cause: error });
    throw await asProxyError(error, url, settings);
  }
}

function authorities({ ca }: Certificates): HttpSettings['https'] {
  return ca === undefined ? {} : { certificateAuthority: ca };
}
