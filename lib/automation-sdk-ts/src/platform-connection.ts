import type { HttpSettings } from './context.js';
import type { Environment } from './environment.js';
import { type ConfigurationError, configurationError } from './errors.js';
import { closeHttpSettings, createHttpClient, createHttpSettings } from './http.js';
import { type Certificates, trustedAuthorities } from './http-certificates.js';
import { valueInvalid } from './messages.js';
import { besideCallback, PlatformClient } from './platform-client.js';
import type { RuntimeValues } from './runtime-values.js';
import { Secret } from './secret.js';

const LARGEST_ANSWER_BYTES = 10 * 1024 * 1024;

/** The way out of the process: to the platform, and to everybody else. */
export interface PlatformConnection {
  readonly client: PlatformClient;
  readonly urls: { readonly callback: string; readonly logs: string | undefined; readonly secrets: string | undefined };
  /** For the calls of the module: the platform's authority is trusted. */
  readonly http: HttpSettings;
  /** For the platform's own servers and its bucket: the client certificate is shown, too. */
  readonly platformHttp: HttpSettings;
  close(): void;
}

/** Reads where the platform is and how it is called; ConfigurationError when a value is missing or wrong. */
export async function connectPlatform(
  values: RuntimeValues,
  environment: Environment,
  options: { readonly userAgent: string; readonly timeoutMs: number },
): Promise<PlatformConnection> {
  const callback = url(values, 'url_callback') ?? values.required('url_callback');
  const token = new Secret(values.required('token'));
  const certificates = await trustedAuthorities(values.optional('ca_cert'), environment).catch((cause: unknown) => {
    throw badCertificate('ca_cert', cause);
  });
  const cert = values.optional('client_cert');
  const key = values.optional('client_key');
  const http = await createHttpSettings(environment, certificates);
  const platformHttp =
    cert === undefined || key === undefined
      ? http
      : await withClientCertificate(environment, { ...certificates, cert, key });
  return {
    client: new PlatformClient(
      createHttpClient({ settings: platformHttp, maxBodyBytes: LARGEST_ANSWER_BYTES, ...options }),
      token,
    ),
    urls: {
      callback,
      logs: url(values, 'url_logs') ?? besideCallback(callback, 'logs'),
      secrets: url(values, 'url_secrets') ?? besideCallback(callback, 'secrets'),
    },
    http,
    platformHttp,
    close() {
      closeHttpSettings(http);
      closeHttpSettings(platformHttp);
    },
  };
}

function url(values: RuntimeValues, name: 'url_callback' | 'url_logs' | 'url_secrets'): string | undefined {
  const text = values.optional(name);
  if (text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return text;
  throw configurationError(valueInvalid({ name, expected: 'a web address' }));
}

async function withClientCertificate(environment: Environment, certificates: Certificates): Promise<HttpSettings> {
  try {
    return await createHttpSettings(environment, certificates);
  } catch (cause) {
    throw badCertificate('client_cert', cause);
  }
}

function badCertificate(name: 'ca_cert' | 'client_cert', cause: unknown): ConfigurationError {
  const expected =
    name === 'ca_cert' ? 'a certificate in PEM form' : 'a certificate in PEM form that fits the value client_key';
  // Only the code: what OpenSSL says of a certificate may quote the key.
  const detail = String((cause as NodeJS.ErrnoException).code ?? 'unreadable');
  return configurationError(valueInvalid({ name, expected }), { detail });
}
