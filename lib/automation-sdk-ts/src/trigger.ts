import type { z } from 'zod';
import type { TriggerContext } from './context.js';
import { runTrigger } from './run-trigger.js';
import type { Item, Session } from './session.js';

/** What a trigger is made of. */
export interface TriggerOptions<Account, Configuration> {
  /** Reads the trigger's form. */
  readonly configuration: z.ZodType<Configuration>;
  /** The work; it ends when the context's signal is aborted. What it throws is logged, and it is started again. */
  readonly run: (context: TriggerContext<Account, Configuration>) => Promise<void>;
  /** What two processes must not work on at the same time, when the platform gives the configuration no uuid. */
  readonly identity?: (account: Account, configuration: Configuration) => string;
  /** The URL of the store for the module's state, when the form has one; otherwise the platform's data path. */
  readonly stateStore?: (configuration: Configuration) => string | undefined;
}

/** Starts playbook runs with events of its own. */
export class Trigger<Account, Configuration> implements Item<Account> {
  readonly isResident = true;
  readonly #options: TriggerOptions<Account, Configuration>;

  constructor(options: TriggerOptions<Account, Configuration>) {
    this.#options = options;
  }

  readonly start = (session: Session<Account>): Promise<number> => {
    const { configuration, run, identity, stateStore } = this.#options;
    return runTrigger(session, {
      source: { names: ['trigger_configuration'], schema: configuration, secretFields: [], furtherProblems: () => [] },
      identity: (account, form) => identity?.(account, form),
      stateStore: (form) => stateStore?.(form),
      intakeKey: () => undefined,
      run,
    });
  };
}
