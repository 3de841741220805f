import { type Monitor, parseForm, type RuntimeValues, readRuntimeValues } from '@sekoia/automation-sdk-ts';
import { stateIdentity } from '../../../triggers/module.js';
import { type Account, accountSchema, type Configuration, configurationSchema } from '../../configuration.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { type Connection, openConnection } from './connection.js';
import type { SettingsOptions } from './options.js';
import { type Fields, readConfigFile, readEnvironment, readKeyFile, splitFields } from './sources.js';

/** What a command works with. */
export interface Settings {
  readonly values: RuntimeValues;
  readonly account: Account;
  readonly configuration: Configuration;
  /** Both forms as they were found, the secret among them where it was given. */
  readonly forms: { readonly account: Fields; readonly configuration: Fields };
  readonly intakeUrl: string;
  /** Under which the trigger with these settings holds its lease. */
  readonly identity: string;
  readonly connection: Connection;
}

/** What a command needs; what it does not need may be missing. */
export interface Needs {
  /** Calls Lacework. */
  readonly lacework?: boolean;
  /** Calls the intake, or works on the state, which belongs to one intake. */
  readonly intake?: boolean;
}

/** Stands where a form wants a credential that the command does not use. */
const NOT_USED = 'not used';

/** Reads the settings from all their sources; throws UsageError that names each field that is missing or wrong. */
export async function readSettings(
  options: SettingsOptions,
  needs: Needs,
  terminal: Terminal,
  monitor: Monitor,
): Promise<Settings> {
  const { environment, signal } = terminal;
  const values = await readValues(options, environment);
  const given = splitFields({
    ...(options.config === undefined ? {} : await readConfigFile(options.config, terminal)),
    ...readEnvironment(environment),
    ...(options.keyFile === undefined ? {} : await readKeyFile(options.keyFile, terminal)),
  });
  const saved = values.json('connector_configuration') ?? values.json('trigger_configuration');
  const accountFields: Fields = { ...record(values.json('module_configuration')), ...given.account };
  const configurationFields: Fields = {
    ...(needs.intake ? {} : { intake_key: NOT_USED }),
    ...record(saved),
    ...given.configuration,
  };
  const connection = await openConnection(values, environment);
  try {
    const account = parseForm({
      name: 'Account',
      schema: accountSchema,
      value: {
        ...(needs.lacework ? await platformSecrets(accountFields, connection, monitor, signal) : { secret: NOT_USED }),
        ...accountFields,
      },
    });
    const configuration = parseForm({ name: 'Configuration', schema: configurationSchema, value: configurationFields });
    const problems = [account, configuration].flatMap((form) => ('problems' in form ? form.problems : []));
    const intakeUrl = String(configurationFields['intake_server'] ?? values.optional('intake_url') ?? '');
    if (needs.intake && intakeUrl === '')
      problems.push("Configuration: intake_server is missing. The intake's address.");
    if ('problems' in account || 'problems' in configuration || problems.length > 0) throw missing(problems);

    for (const secret of [account.data.secret, configuration.data.intake_key]) {
      if (secret.reveal() !== NOT_USED) monitor.hide(secret);
    }
    const identity = stateIdentity(values, account.data, configuration.data);
    return {
      values,
      account: account.data,
      configuration: configuration.data,
      forms: { account: accountFields, configuration: configurationFields },
      intakeUrl,
      identity,
      connection,
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** The platform's values, with the data path that --data names. */
export function readValues({ data }: SettingsOptions, environment: NodeJS.ProcessEnv): Promise<RuntimeValues> {
  return readRuntimeValues(data === undefined ? environment : { ...environment, SYMPHONY_DATA_DIR: data });
}

/** In a container of the platform the secret is not among the values, and is asked for. */
async function platformSecrets(
  fields: Fields,
  connection: Connection,
  monitor: Monitor,
  signal: AbortSignal,
): Promise<Fields> {
  return fields['secret'] === undefined ? connection.fetchSecrets(monitor, signal) : {};
}

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function missing(problems: readonly string[]): UsageError {
  return new UsageError(
    `${problems.join(' ')} Give them in the environment (LACEWORK_ACCOUNT, LACEWORK_KEY_ID, LACEWORK_SECRET, INTAKE_KEY, INTAKE_SERVER), with --key-file, or with --config.`,
  );
}
