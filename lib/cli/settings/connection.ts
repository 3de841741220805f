import {
  closeHttpSettings,
  connectPlatform,
  createHttpSettings,
  fetchSecrets,
  type HttpSettings,
  type Monitor,
  type RuntimeValues,
  systemClock,
  trustedAuthorities,
} from '@sekoia/automation-sdk-ts';
import { packageVersion } from '../../package-version.js';
import type { Fields } from './sources.js';

const CALL_TIMEOUT_MS = 30_000;

/** The way out of the process, as the trigger would have it. */
export interface Connection {
  readonly http: HttpSettings;
  /** With the certificate that the platform's own servers want. */
  readonly platformHttp: HttpSettings;
  /** The account's secrets from the platform; none where there is no platform. */
  fetchSecrets(monitor: Monitor, signal: AbortSignal): Promise<Fields>;
  close(): void;
}

/** Opens the way out: through the platform's settings where there is a platform, with the environment's otherwise. */
export async function openConnection(values: RuntimeValues, environment: NodeJS.ProcessEnv): Promise<Connection> {
  if (values.optional('token') === undefined || values.optional('url_callback') === undefined) {
    const certificates = await trustedAuthorities(values.optional('ca_cert'), environment);
    const http = await createHttpSettings(environment, certificates);
    return { http, platformHttp: http, fetchSecrets: async () => ({}), close: () => closeHttpSettings(http) };
  }
  const userAgent = `lacework-playbook-module/${packageVersion()}`;
  const platform = await connectPlatform(values, environment, { userAgent, timeoutMs: CALL_TIMEOUT_MS });
  const { client, urls, http, platformHttp } = platform;
  return {
    http,
    platformHttp,
    async fetchSecrets(monitor, signal) {
      if (urls.secrets === undefined) return {};
      return fetchSecrets(client, urls.secrets, monitor, { clock: systemClock, signal, heartbeat: () => undefined });
    },
    close: () => platform.close(),
  };
}
