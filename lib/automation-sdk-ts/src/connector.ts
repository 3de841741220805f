import type { z } from 'zod';
import type { TriggerContext } from './context.js';
import { IntakeClient, type IntakeClientOptions } from './intake-client.js';
import { runTrigger } from './run-trigger.js';
import type { RuntimeValues } from './runtime-values.js';
import type { Secret } from './secret.js';
import type { Item, Session } from './session.js';

/** The fields of a form that says where events go. */
export interface ForwardingConfiguration {
  readonly intake_key: Secret;
  /** Without it, the platform's own intake. */
  readonly intake_server?: string | undefined;
}

/** A connector's or a forwarding trigger's context: the same, and the intake that its events go to. */
export interface ConnectorContext<Account, Configuration> extends TriggerContext<Account, Configuration> {
  readonly intake: IntakeClient;
}

/** What a connector is made of. */
export interface ConnectorOptions<Account, Configuration extends ForwardingConfiguration> {
  /** Reads the connector's form; its `intake_key` is a Secret. */
  readonly configuration: z.ZodType<Configuration>;
  /** The work; it ends when the context's signal is aborted. What it throws is logged, and it is started again. */
  readonly run: (context: ConnectorContext<Account, Configuration>) => Promise<void>;
  /** What two processes must not work on at the same time, when the platform gives the configuration no uuid. */
  readonly identity?: (account: Account, configuration: Configuration) => string;
  /** How the intake is called; compressed, and with the client's own deadline, when absent. */
  readonly intake?: (configuration: Configuration) => Partial<Pick<IntakeClientOptions, 'compress' | 'deadlineMs'>>;
  /** The URL of the store for the module's state, when the form has one; otherwise the platform's data path. */
  readonly stateStore?: (configuration: Configuration) => string | undefined;
}

/** Forwards events to an intake; started as a connector, or as a trigger of a playbook. */
export class Connector<Account, Configuration extends ForwardingConfiguration> implements Item<Account> {
  readonly isResident = true;
  readonly #options: ConnectorOptions<Account, Configuration>;

  constructor(options: ConnectorOptions<Account, Configuration>) {
    this.#options = options;
  }

  readonly start = (session: Session<Account>): Promise<number> => {
    const { configuration, run, identity, stateStore, intake } = this.#options;
    const { values, module } = session;
    return runTrigger(session, {
      source: {
        names: ['connector_configuration', 'trigger_configuration'],
        schema: configuration,
        secretFields: ['intake_key'],
        furtherProblems: (form) => intakeProblems(form, values),
      },
      identity: (account, form) => identity?.(account, form),
      stateStore: (form) => stateStore?.(form),
      intakeKey: (form) => form.intake_key,
      run(context) {
        const { intake_key: key, intake_server: server } = context.configuration;
        const client = new IntakeClient({
          url: server || values.required('intake_url'),
          key,
          http: context.http,
          userAgent: `${module.slug}-playbook-module/${module.version}`,
          compress: true,
          ...intake?.(context.configuration),
        });
        return run({ ...context, intake: client });
      },
    });
  };
}

function intakeProblems(form: unknown, values: RuntimeValues): string[] {
  if (typeof form === 'object' && form !== null && 'intake_server' in form && form.intake_server) return [];
  const url = values.optional('intake_url');
  if (url === undefined) {
    return ["Configuration: intake_server is missing. Give the intake's address, as the platform names none."];
  }
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return [];
  return [
    "Configuration: intake_server is missing. Give the intake's address, as the platform's intake_url is no web address.",
  ];
}
