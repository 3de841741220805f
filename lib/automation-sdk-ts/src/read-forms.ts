import type { z } from 'zod';
import { parseConfiguration } from './configuration.js';
import { secretsOf } from './redact.js';
import type { RuntimeValueName } from './runtime-values.js';
import { Secret } from './secret.js';
import { fetchSecrets } from './secrets.js';
import type { Session } from './session.js';

/** Which configuration an item reads, and how. */
export interface ConfigurationSource<Configuration> {
  /** The values that may hold it; the first that is there counts. */
  readonly names: readonly RuntimeValueName[];
  readonly schema: z.ZodType<Configuration>;
  /** Fields that hold credentials: their text is masked even when the form can't be read. */
  readonly secretFields: readonly string[];
  /** What is wrong beyond the schema, one sentence each; told the parsed form, or the raw one when it could not be parsed. */
  readonly furtherProblems: (configuration: unknown) => string[];
}

/** The account and the configuration of an item, secrets merged in before they are validated. */
export async function readForms<Account, Configuration>(
  session: Session<Account>,
  source: ConfigurationSource<Configuration>,
): Promise<{ account: Account; configuration: Configuration }> {
  const { values, module, redactor } = session;
  const saved = source.names.map((name) => values.json(name)).find((value) => value !== undefined);
  hideFields(session, saved, source.secretFields);
  const account = await readAccount(session);

  const forms = parseConfiguration(
    { name: 'Account', schema: module.account, value: account },
    { name: 'Configuration', schema: source.schema, value: saved },
    source.furtherProblems,
  );
  for (const secret of secretsOf(forms)) redactor.add(secret);
  return forms;
}

/** The account form as it is saved, with the secrets that the platform keeps apart. */
async function readAccount<Account>(session: Session<Account>): Promise<unknown> {
  const { values, module, platform, monitor, clock, work } = session;
  const saved = values.json('module_configuration') ?? {};
  hideFields(session, saved, module.secrets);
  if (module.secrets.length === 0) return saved;

  const url = platform.urls.secrets ?? values.required('url_secrets');
  const around = { clock, signal: work, heartbeat: () => monitor.heartbeat() };
  const secrets = await fetchSecrets(platform.client, url, monitor, around);
  hideFields(session, secrets, Object.keys(secrets));
  return typeof saved === 'object' ? { ...saved, ...secrets } : saved;
}

/** Masks the text of these fields from now on, whether or not the form turns out to be valid. */
export function hideFields<Account>({ redactor }: Session<Account>, form: unknown, fields: readonly string[]): void {
  if (typeof form !== 'object' || form === null) return;
  for (const [field, value] of Object.entries(form)) {
    if (fields.includes(field) && typeof value === 'string') redactor.add(new Secret(value));
  }
}
