import { RequestError } from 'got';
import type { HttpSettings } from './context.js';
import type { Environment } from './environment.js';
import { Secret } from './secret.js';

const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy'];

/** A call got no further than the proxy that the environment names; `cause` says what became of it there. */
export class ProxyError extends Error {
  readonly code = 'ERR_PROXY_FAILED';
  /** Host and port: the rest of its address may hold a password. */
  readonly proxy: string;

  constructor(proxy: string, cause: unknown) {
    super(`The call got no further than the proxy ${proxy}`, { cause });
    this.proxy = proxy;
  }

  /** What a person can do, for the end of a sentence. */
  get advice(): string {
    return 'check the proxy, or correct HTTPS_PROXY, HTTP_PROXY or NO_PROXY';
  }
}

/** The addresses of proxies that the environment names, as they are written there. */
export function proxyAddresses(environment: Environment): string[] {
  const values = VARIABLES.flatMap((name) => [environment[name], environment[name.toUpperCase()]]);
  return values.filter((value): value is string => Boolean(value));
}

/** Those that hold a password: the agent's own errors may quote them. */
export function proxySecrets(environment: Environment): Secret[] {
  return proxyAddresses(environment)
    .filter((address) => address.includes('@'))
    .map((address) => new Secret(address));
}

/** Host and port of a proxy's address; undefined when there is none. */
export function proxyHost(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}

/** `error`, or a ProxyError when the call to `url` had to go through a proxy and was given no connection by it. */
export async function asProxyError(error: unknown, url: URL, { proxyFor }: HttpSettings): Promise<unknown> {
  if (!(error instanceof RequestError) || error.code === 'ERR_ABORTED') return error;
  const { timings } = error;
  if (timings === undefined || timings.socket !== undefined) return error;
  const proxy = await proxyFor(url);
  return proxy === undefined ? error : new ProxyError(proxy, error);
}
