import type { Clock } from './clock.js';
import { parseForm } from './configuration.js';
import type { HttpSettings } from './context.js';
import { errorText } from './error-text.js';
import { CriticalError, PlatformError } from './errors.js';
import type { Monitor } from './message.js';
import { validationUndelivered } from './messages.js';
import type { TaskStatus } from './platform-client.js';
import { hideFields } from './read-forms.js';
import { secretsOf } from './redact.js';
import { retry } from './retry.js';
import type { Item, Session } from './session.js';

const ATTEMPTS = 10;

/** What an account check is handed. */
export interface AccountContext<Account> {
  readonly account: Account;
  readonly monitor: Monitor;
  readonly http: HttpSettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Whether the account works; `error` says, for a person, why not and what to do. */
export type AccountVerdict = { readonly success: true } | { readonly success: false; readonly error: string };

/** What an account validator is made of. */
export interface AccountValidatorOptions<Account> {
  readonly check: (context: AccountContext<Account>) => Promise<AccountVerdict>;
}

/** Checks an account form before it is used. */
export class AccountValidator<Account> implements Item<Account> {
  readonly isResident = false;
  readonly #check: AccountValidatorOptions<Account>['check'];

  constructor({ check }: AccountValidatorOptions<Account>) {
    this.#check = check;
  }

  readonly start = async (session: Session<Account>): Promise<number> => {
    try {
      return await this.#run(session);
    } catch (error) {
      // Who stops a check waits for no verdict.
      if (session.work.aborted) return 0;
      throw error;
    }
  };

  async #run(session: Session<Account>): Promise<number> {
    const saved = await patchStatus(session, { status: 'running' });
    const verdict = await this.#judge(session, saved ?? session.values.json('module_configuration'));
    const error = verdict.success ? {} : { error: session.redactor.apply(verdict.error) };
    await patchStatus(session, { status: 'finished', results: { success: verdict.success }, ...error });
    return 0;
  }

  async #judge(session: Session<Account>, saved: unknown): Promise<AccountVerdict> {
    const { module, platform, monitor, clock, work, redactor } = session;
    hideFields(session, saved, module.secrets);
    const parsed = parseForm({ name: 'Account', schema: module.account, value: saved });
    if ('problems' in parsed) return { success: false, error: parsed.problems.join(' ') };
    for (const secret of secretsOf(parsed.data)) redactor.add(secret);
    try {
      return await this.#check({ account: parsed.data, monitor, http: platform.http, clock, signal: work });
    } catch (error) {
      return { success: false, error: errorText(error) };
    }
  }
}

async function patchStatus<Account>(
  { platform, clock, monitor, work }: Session<Account>,
  status: TaskStatus,
): Promise<Record<string, unknown> | undefined> {
  const plan = {
    attempts: ATTEMPTS,
    delayMs: (failures: number) => Math.min(1000 * 2 ** (failures - 1), 10_000),
    isFinal: (error: unknown) =>
      error instanceof PlatformError && error.status !== undefined && error.status >= 400 && error.status < 500,
  };
  const around = { clock, signal: work, heartbeat: () => monitor.heartbeat() };
  try {
    return await retry(() => platform.client.patchStatus(platform.urls.callback, status, work), plan, around);
  } catch (error) {
    const { code, text } = validationUndelivered({ reason: errorText(error) });
    throw new CriticalError(code, text, { cause: error });
  }
}
