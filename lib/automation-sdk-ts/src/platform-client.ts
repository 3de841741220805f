import type { Got } from 'got';
import { z } from 'zod';
import type { PlaybookEvent } from './context.js';
import { PlatformError } from './errors.js';
import { JsonText } from './json-text.js';
import type { LogEntry } from './log-buffer.js';
import { describeNetworkError } from './network-error.js';
import type { Secret } from './secret.js';

const secretsAnswer = z.object({ value: z.record(z.string(), z.unknown()) });
const statusAnswer = z.object({
  module_configuration: z.object({ value: z.record(z.string(), z.unknown()) }).optional(),
});

/** What a task tells the platform of itself. */
export type TaskStatus =
  | { readonly status: 'running' }
  | { readonly status: 'finished'; readonly results: { readonly success: boolean }; readonly error?: string };

/** The address beside the callback's: `/callback` replaced by `/logs` or `/secrets`. */
export function besideCallback(callback: string, name: 'logs' | 'secrets'): string | undefined {
  if (!URL.canParse(callback)) return undefined;
  const url = new URL(callback);
  const pathname = url.pathname.replace(/\/callback(?=\/|$)/, `/${name}`);
  if (pathname === url.pathname) return undefined;
  url.pathname = pathname;
  return url.href;
}

/** One attempt of each call to the platform; all reject with PlatformError. */
export class PlatformClient {
  readonly #client: Got;
  readonly #token: Secret;

  constructor(client: Got, token: Secret) {
    this.#client = client;
    this.#token = token;
  }

  /** The account's secrets, by field. */
  async fetchSecrets(url: string, signal: AbortSignal): Promise<Record<string, unknown>> {
    return parseAnswer(url, secretsAnswer, await this.#call('GET', url, undefined, signal)).value;
  }

  /** Hands over lines of the trigger log. */
  async sendLogs(url: string, logs: readonly LogEntry[], signal: AbortSignal): Promise<void> {
    await this.#call('POST', url, JSON.stringify({ logs }), signal);
  }

  /** Starts a playbook run. */
  async sendEvent(
    url: string,
    { name, event, requestId, directory }: PlaybookEvent,
    signal: AbortSignal,
  ): Promise<void> {
    const around = JSON.stringify({ name, request_id: requestId, directory });
    const eventText = event instanceof JsonText ? event.text : JSON.stringify(event ?? null);
    await this.#call('POST', url, `${around.slice(0, -1)},"event":${eventText}}`, signal);
  }

  /** Tells a task's status; answers the account that the platform hands out with it, secrets included, when it does. */
  async patchStatus(
    url: string,
    status: TaskStatus,
    signal: AbortSignal,
  ): Promise<Record<string, unknown> | undefined> {
    const text = await this.#call('PATCH', url, JSON.stringify(status), signal);
    if (status.status === 'finished' || text === '') return undefined;
    return parseAnswer(url, statusAnswer, text).module_configuration?.value;
  }

  async #call(
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    json: string | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const host = hostOf(url);
    const response = await this.#client(url, {
      method,
      ...(json === undefined ? {} : { body: json }),
      headers: {
        authorization: `Bearer ${this.#token.reveal()}`,
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      responseType: 'text',
      signal,
    }).catch((error: unknown) => {
      // The client's own error is not passed on as the cause: it holds the request, and with it the token.
      throw new PlatformError(
        'platform_unreachable',
        `The platform ${host} ${describeNetworkError(error).text}.`,
        undefined,
      );
    });
    if (!response.ok) {
      throw new PlatformError(
        'platform_status',
        `The platform ${host} answered with status ${response.statusCode}.`,
        response.statusCode,
      );
    }
    // A proxy's or a login page's own answer is not the platform's.
    if (response.headers['content-type']?.includes('text/html')) throw notThePlatform(host, response.statusCode);
    return response.body;
  }
}

function parseAnswer<T>(url: string, schema: z.ZodType<T>, text: string): T {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw notThePlatform(hostOf(url), 200);
  }
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new PlatformError('platform_answer', `The platform ${hostOf(url)} gave an answer of the wrong form.`, 200);
}

function notThePlatform(host: string, status: number): PlatformError {
  return new PlatformError(
    'platform_answer',
    `An answer that is not the platform's came from ${host}; check the address and the proxy.`,
    status,
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
