import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Clock } from './clock.js';
import type { Monitor } from './message.js';
import type { Metrics } from './metrics.js';
import type { Lease, Storage } from './storage.js';

/** How outgoing calls leave the process, with the proxy and the certificates of the environment. */
export interface HttpSettings {
  /** For got and node:http; they know the authorities already. */
  readonly agent: { readonly http: HttpAgent; readonly https: HttpsAgent };
  /** For connections that no agent makes, such as a database's; absent: Node's own authorities. */
  readonly https: { readonly certificateAuthority?: string[] };
  /** Host and port of the proxy that a call to `url` goes through; undefined when it goes by itself. */
  readonly proxyFor: (url: URL) => Promise<string | undefined>;
}

/** An event that starts a playbook run. */
export interface PlaybookEvent {
  readonly name: string;
  /** Anything that survives JSON; a JsonText goes out as it stands. */
  readonly event: unknown;
  /** A uuid; the platform starts one run for each. */
  readonly requestId: string;
  /** The directory of the data path that holds the event's files, when it has any. */
  readonly directory?: string;
}

/** What a trigger's `run` is handed; it builds none of this itself. */
export interface TriggerContext<Account, Configuration> {
  readonly account: Account;
  readonly configuration: Configuration;
  readonly monitor: Monitor;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Aborted when the trigger must stop: by the platform, or after a critical message. */
  readonly signal: AbortSignal;
  /** The module's state, as chosen by the configuration or the platform. */
  readonly storage: Storage;
  /** The platform's data path (a directory or a bucket), for what people look at: dead letters. */
  readonly files: Storage;
  readonly lease: Lease;
  readonly http: HttpSettings;
  /** Says that a piece of work succeeded: the count of errors in a row goes back to zero. */
  readonly succeeded: () => void;
  /** Starts a playbook run. Rejects with a PlatformError: status 4xx is final; otherwise all attempts have failed, try again later. */
  readonly sendEvent: (event: PlaybookEvent) => Promise<void>;
}
