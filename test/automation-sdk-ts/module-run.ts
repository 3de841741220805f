import {
  Connector,
  type ConnectorContext,
  type Item,
  Module,
  runModule,
  Secret,
  Trigger,
  type TriggerContext,
} from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import type { SteppedClock } from '../helpers/stepped-clock.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import type { PlatformServer } from './platform-server.js';

const secret = () =>
  z
    .string()
    .min(1)
    .transform((value) => new Secret(value))
    .meta({ description: 'Copy it from the page of the key.' });

/** The account form of the module that the tests run. */
export const accountSchema = z.object({ host: z.string().min(1), secret: secret() });

/** Its configuration form. */
export const configurationSchema = z.object({
  intake_key: secret(),
  intake_server: z.url().optional(),
  frequency: z.int().min(1).default(60),
});

export type Account = z.infer<typeof accountSchema>;
export type Configuration = z.infer<typeof configurationSchema>;

/** The credentials of the tests; each can be searched for in whatever is written. */
export const markers = {
  secret: 'marker-secret-4711',
  intakeKey: 'marker-intake-key-4712',
  token: 'marker-token-4713',
};

export interface RunSettings {
  readonly platform: PlatformServer;
  readonly item: Item<Account>;
  readonly command?: string;
  readonly clock?: SteppedClock;
  /** Put over the values of a good start; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly callTimeoutMs?: number;
  /** The fields of the account that the platform keeps apart; `secret` when not given. */
  readonly secrets?: readonly string[];
  readonly crashed?: AbortSignal;
}

/** A module that runs in this process. */
export interface ModuleRun {
  /** What it wrote to the console so far. */
  readonly lines: { time: string; level: string; code: string; message: string; detail?: string }[];
  readonly output: () => string;
  readonly directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  readonly ended: Promise<number>;
  /** Asks it to stop; the exit code. */
  stop(): Promise<number>;
}

/** Runs `item` as the command `collect` of a module, with all that the platform gives, on the given clock. */
export async function startModule(settings: RunSettings): Promise<ModuleRun> {
  const directory = await temporaryDirectory();
  const { platform, item, command = 'collect', secrets = ['secret'] } = settings;
  platform.answers['/secrets'] ??= { value: { secret: markers.secret } };
  const module = new Module({
    name: 'Sample',
    slug: 'sample',
    version: '1.2.3',
    account: accountSchema,
    secrets,
  }).register('collect', item, { aliases: ['sample_collect'] });
  const controller = new AbortController();
  const written: string[] = [];
  const ended = runModule(module, {
    command,
    signal: controller.signal,
    writeLine: (line) => void written.push(line),
    environment: {
      SYMPHONY_DIR: `${directory.path}/symphony`,
      SYMPHONY_DATA_DIR: `${directory.path}/data`,
      MODULE_CONFIGURATION: '{"host":"api.example.com"}',
      CONNECTOR_CONFIGURATION: JSON.stringify({ intake_key: markers.intakeKey }),
      TOKEN: markers.token,
      URL_CALLBACK: platform.callbackUrl,
      INTAKE_URL: 'https://intake.example.com',
      // Any free port: those that ask for the health or the metrics give one.
      LIVENESS_PORT: '0',
      METRICS_PORT: '0',
      ...settings.environment,
    },
    ...(settings.clock === undefined ? {} : { clock: settings.clock }),
    ...(settings.callTimeoutMs === undefined ? {} : { callTimeoutMs: settings.callTimeoutMs }),
    ...(settings.crashed === undefined ? {} : { crashed: settings.crashed }),
  });
  return {
    get lines() {
      return written.map((line) => JSON.parse(line));
    },
    output: () => written.join(''),
    directory,
    ended,
    async stop() {
      controller.abort();
      let hasEnded = false;
      void ended.finally(() => {
        hasEnded = true;
      });
      await settings.clock?.runUntil('the end', () => hasEnded, 20_000);
      const code = await ended;
      await directory.remove();
      return code;
    },
  };
}

/** A connector whose work is `run`. The state's directory would be worth a warning in a container: it is kept in memory. */
export function connector(
  run: (context: ConnectorContext<Account, Configuration>) => Promise<void>,
  stateStore = 'memory:',
): Item<Account> {
  return new Connector<Account, Configuration>({
    configuration: configurationSchema,
    run,
    stateStore: () => stateStore,
  });
}

/** A connector that does nothing until it is stopped, and the context that it was given. */
export function idleConnector(stateStore?: string): {
  readonly item: Item<Account>;
  readonly context: Promise<ConnectorContext<Account, Configuration>>;
} {
  const { promise, resolve } = deferred<ConnectorContext<Account, Configuration>>();
  const item = connector(async (context) => {
    resolve(context);
    await untilAborted(context.signal);
  }, stateStore);
  return { item, context: promise };
}

/** A trigger that does nothing until it is stopped, and the context that it was given. */
export function idleTrigger(): {
  readonly item: Item<Account>;
  readonly context: Promise<TriggerContext<Account, { readonly frequency: number }>>;
} {
  const { promise, resolve } = deferred<TriggerContext<Account, { readonly frequency: number }>>();
  const item = new Trigger<Account, { readonly frequency: number }>({
    configuration: z.object({ frequency: z.int().default(60) }),
    stateStore: () => 'memory:',
    async run(context) {
      resolve(context);
      await untilAborted(context.signal);
    },
  });
  return { item, context: promise };
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
