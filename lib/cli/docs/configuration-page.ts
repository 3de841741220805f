import { formSchema } from '@sekoia/automation-sdk-ts';
import { accountForm, connectorForm, triggerForm } from '../../configuration.js';
import { code, markdownTable } from './markdown-table.js';

type AccountField = keyof typeof accountForm.shape;
type ConfigurationField = keyof typeof triggerForm.shape;

/** When a person changes a field of the account. */
const ACCOUNT_WHEN: Readonly<Record<AccountField, string>> = {
  account: 'Once, when the account is added.',
  keyId: 'When the key is replaced: see [operations](operations.md#replace-the-api-key).',
  secret: 'When the key is replaced.',
};

/** When a person changes a field of the configuration. */
const CONFIGURATION_WHEN: Readonly<Record<ConfigurationField, string>> = {
  frequency: 'Raise it when other programs use the API of the same account. Lower than 8 brings nothing.',
  intake_key: 'Once; and when the intake is replaced.',
  intake_server: "When events go to another intake than the platform's own.",
  event_format:
    'Set `raw` for an intake that parses the Lacework format by itself; on Sekoia.io, the format Lacework Cloud Security does.',
  normalization_profile: 'When rules expect the session of an assumed role apart from its name.',
  lookback_hours: 'Raise it when Lacework publishes alerts later than a day after they began.',
  start_time: 'Before the first start. Later, use `lacework-trigger state rewind` or `backfill`.',
  forward_updates: 'When the change of a status or a severity is worth an event of its own.',
  min_severity: 'When less severe alerts are not wanted in the intake.',
  alert_types: 'When only some types are wanted.',
  categories: 'When only some categories are wanted.',
  sources: 'When only some sources are wanted.',
  filters: 'When the fields above do not say it. A filter that Lacework refuses is not applied, and a warning says so.',
  sub_account: 'In an organization, for one of its sub-accounts.',
  organization: 'In an organization, for all of its sub-accounts.',
  fetch_details:
    "When rules need users, addresses, hosts or files that the alert's own text does not name. Costs one API call an alert.",
  ratelimit_per_hour: 'Lower it when other programs use the same account; raise it when Lacework grants you more.',
  chunk_size: 'When the intake prefers smaller requests.',
  concurrency: 'Set 1 for an intake that does not like requests side by side.',
  compress: 'Switch it off for an intake that does not take gzip.',
  dead_letters_max_mb: 'When the disk has room for more, or for less.',
  state_store: 'When the data path is not durable, or more than one host runs the trigger.',
  history_after_damage_hours: 'When a lost state may cost more duplicates, or fewer.',
  launch_playbook_for: 'When the playbook has steps after the trigger. Not in the connector, which has no playbook.',
};

interface FieldSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
}

/** The page `docs/configuration.md`: every field of the forms. */
export function configurationPage(): string {
  const account = formSchema(accountForm, ['secret']);
  const trigger = formSchema(triggerForm);
  const connector = Object.keys(connectorForm.shape);
  const onlyTrigger = Object.keys(triggerForm.shape).filter((field) => !connector.includes(field));
  return `${[
    '# Configuration',
    'What does each field of the forms do, and when do I change it? Only the three fields of the account and `intake_key` must be filled in; everything else has a default that is right for most. The same names are used in the file that the commands of `lacework-trigger` take with `--config`. Written by `npm run docs` from the forms.',
    '## Account',
    table(account, ACCOUNT_WHEN),
    "The older module's `key_id` is accepted for `keyId`.",
    '## Configuration',
    `The trigger and the connector have the same form; only ${onlyTrigger.map(code).join(', ')} is the trigger's alone.`,
    table(trigger, CONFIGURATION_WHEN),
    '### filters',
    'Each entry of `filters` has:',
    markdownTable(
      ['Field', 'What it is'],
      Object.entries(fieldsOf(trigger)['filters']?.items?.properties ?? {}).map(([name, { title, description }]) => [
        code(name),
        description ?? title ?? '',
      ]),
    ),
  ].join('\n\n')}\n`;
}

function table(form: object, when: Readonly<Record<string, string>>): string {
  const required = (form as { required?: readonly string[] }).required ?? [];
  return markdownTable(
    ['Field', 'Type', 'Default', 'Range', 'What it does', 'When to change it'],
    Object.entries(fieldsOf(form)).map(([name, field]) => [
      code(name),
      typeOf(field),
      required.includes(name)
        ? 'must be filled in'
        : field.default === undefined
          ? 'empty'
          : code(String(field.default)),
      rangeOf(field),
      field.description ?? '',
      when[name] ?? '',
    ]),
  );
}

function fieldsOf(form: object): Readonly<Record<string, FieldSchema>> {
  return (form as { properties: Readonly<Record<string, FieldSchema>> }).properties;
}

function typeOf({ type, format, items }: FieldSchema): string {
  if (format === 'password') return 'secret text';
  if (type === 'array') return items?.type === 'object' ? 'list of filters' : 'list of texts';
  if (type === 'integer') return 'whole number';
  return type === 'boolean' ? 'yes or no' : format === 'uri' ? 'web address' : 'text';
}

function rangeOf({ enum: choices, minimum, maximum }: FieldSchema): string {
  if (choices !== undefined) return choices.map(code).join(', ');
  if (minimum === undefined && maximum === undefined) return '';
  return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`;
}
