import { createHash } from 'node:crypto';
import { AccountValidator, Connector, configurationUuid, Module, type RuntimeValues } from '@sekoia/automation-sdk-ts';
import type { KeyHistory } from '../lib/collector/collect-alerts.js';
import { type Account, accountSchema, type Configuration, configurationSchema } from '../lib/configuration.js';
import { FETCH_NEW_LOGS, MODULE_NAME, SLUG } from '../lib/manifests.js';
import { packageVersion } from '../lib/package-version.js';
import type { Deadlines } from './clients.js';
import { fetchNewLogs } from './fetch-new-logs.js';
import { validateAccount } from './validate-account.js';

/** The command of the older module's trigger, for people who move from it. */
const OLDER_COMMAND = 'lacework_query_alerts';

/** The platform's command for checking an account form. */
const VALIDATE_ACCOUNT = 'validate_module_configuration';

/** The module with its items. */
export function laceworkModule(deadlines: Deadlines = {}): Module<Account> {
  const version = packageVersion();
  const lacework = new Module<Account>({
    name: MODULE_NAME,
    slug: SLUG,
    version,
    account: accountSchema,
    secrets: ['secret'],
  });
  const keyHistory: KeyHistory = { wasAccepted: false };
  const connector = new Connector<Account, Configuration>({
    configuration: configurationSchema,
    run: (context) => fetchNewLogs(context, version, deadlines, keyHistory),
    identity,
    intake: ({ compress }) => ({ compress, deadlineMs: deadlines.intakeMs }),
    stateStore: ({ state_store }) => state_store?.reveal(),
  });
  return lacework
    .register(FETCH_NEW_LOGS, connector, { aliases: [OLDER_COMMAND] })
    .register(VALIDATE_ACCOUNT, new AccountValidator({ check: validateAccount }));
}

/** Under which a trigger with these forms holds its lease, and keeps its state in a store that others use too. */
export function stateIdentity(values: RuntimeValues, account: Account, configuration: Configuration): string {
  return configurationUuid(values) ?? identity(account, configuration);
}

/** Two processes that collect the same alerts for the same intake have one identity; the key is in it as a hash only. */
function identity({ account }: Account, { sub_account, intake_key }: Configuration): string {
  const key = createHash('sha256').update(intake_key.reveal()).digest('hex');
  return [account.host, sub_account ?? '', key].join(' ');
}
