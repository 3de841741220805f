import { isStateStore, Secret } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { accountUrl } from './account-url.js';
import { isExistingTime } from './existing-time.js';

/** Severities as the forms name them, from the least to the most severe. */
export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;

/** One of the severities as the forms name them. */
export type Severity = (typeof severities)[number];

const secretField = () => z.string().min(1);
const reveal = (value: string): Secret => new Secret(value);

/** The account form: one for each Lacework account. */
export const accountForm = z
  .object({
    account: z
      .string()
      .trim()
      .min(1)
      .meta({
        title: 'Account',
        description:
          'Your Lacework account, as in the address of its console: acme, acme.lacework.net or, in a region, acme.fra.lacework.net.',
        examples: ['acme.lacework.net'],
      }),
    keyId: z.string().trim().min(1).meta({
      title: 'Key ID',
      description: 'The access key ID of the API key, as in the key file downloaded from the Lacework console.',
    }),
    secret: secretField().meta({
      title: 'Secret',
      description: 'The secret key of the API key. It is kept by the platform and never shown again.',
      format: 'password',
    }),
  })
  .meta({ title: 'Lacework account' });

/** Fields that the module's forms call differently from what people have saved. */
const accountAliases: Record<string, string> = { key_id: 'keyId' };

/** Reads a saved account form: the older module's `key_id` is accepted for `keyId`. */
export const accountSchema = z.preprocess(
  (saved) => renameAliases(saved, accountAliases),
  accountForm.extend({
    account: accountForm.shape.account.transform(readAccount),
    secret: accountForm.shape.secret.transform(reveal),
  }),
);

/** Hours back, or an RFC 3339 time. */
const START_TIME = /^\d{1,4}$|^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const filterForm = z.object({
  field: z.string().min(1).meta({ title: 'Field', description: 'For example alertType, severity or status.' }),
  expression: z.string().min(1).meta({ title: 'Expression', description: 'For example eq, in, not_in or rlike.' }),
  value: z.string().optional().meta({ title: 'Value' }),
  values: z.array(z.string()).optional().meta({ title: 'Values' }),
});

/** The configuration form of the connector, which has no playbook to start. */
const connectorFields = z
  .object({
    frequency: z.int().min(1).default(60).meta({
      title: 'Frequency',
      description:
        'Seconds from the start of one poll to the start of the next. The Lacework API allows 480 calls an hour: below 8 seconds the trigger stretches the interval by itself. A poll is made at least every 900 seconds, for the lookback is read that often.',
    }),
    intake_key: secretField().meta({
      title: 'Intake key',
      description:
        'The key of the intake that receives the events. On Sekoia.io, create one of the format Lacework Cloud Security; it parses the alerts itself, so set the event format to raw.',
    }),
    intake_server: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({
        title: 'Intake server',
        description:
          "Where the events go: the intake's whole address, with its path where it has one, for instance https://intake.sekoia.io or https://intake.fra2.sekoia.io/api/v1/intake-http. Leave it empty for the platform's own intake.",
      }),
    event_format: z.enum(['normalized', 'raw']).default('normalized').meta({
      title: 'Event format',
      description:
        "normalized forwards each alert as an ECS event; raw forwards the alert's exact text, for an intake that parses the Lacework format by itself (on Sekoia.io, the format Lacework Cloud Security does).",
    }),
    normalization_profile: z.enum(['2024-02', '2025-08']).default('2024-02').meta({
      title: 'Normalization profile',
      description:
        'How a user with a session name is read: 2024-02 keeps NAME:SESSION together as user.name, as documented; 2025-08 separates them.',
    }),
    lookback_hours: z.int().min(2).max(168).default(24).meta({
      title: 'Lookback (hours)',
      description:
        'Lacework publishes alerts late. Everything in this many past hours is checked again at least every 15 minutes, so that a late alert is not missed.',
    }),
    start_time: z
      .string()
      .trim()
      .regex(START_TIME, {
        abort: true,
        error: 'is neither a whole number of hours nor a time such as 2026-01-31T00:00:00Z',
      })
      .refine((time) => /^\d+$/.test(time) || isExistingTime(time), 'is not a time that exists')
      .default('24')
      .meta({
        title: 'Start time',
        description:
          'Used at the first start only: how many hours back to begin (24), or a time such as 2026-01-31T00:00:00Z. Older alerts are never collected. Lacework answers for 92 days back.',
      }),
    forward_updates: z.boolean().default(false).meta({
      title: 'Forward updates',
      description:
        'Forward an alert again when its status, severity, end time, name, subject or description changes. Changes are seen while the alert began within the lookback.',
    }),
    min_severity: z
      .enum(severities)
      .optional()
      .meta({ title: 'Minimum severity', description: 'Only alerts at or above this severity.' }),
    alert_types: z
      .array(z.string().min(1))
      .optional()
      .meta({
        title: 'Alert types',
        description: 'Only alerts of these types.',
        examples: [['UsageOfRootAccount']],
      }),
    categories: z
      .array(z.string().min(1))
      .optional()
      .meta({ title: 'Categories', description: 'Only alerts of these categories: Anomaly, Policy or Composite.' }),
    sources: z
      .array(z.string().min(1))
      .optional()
      .meta({ title: 'Sources', description: 'Only alerts from these sources: AWS, Azure, GCP, K8s or Agent.' }),
    filters: z.array(filterForm).optional().meta({
      title: 'API filters',
      description: "Further filters in the Lacework API's own terms, passed on as written.",
    }),
    sub_account: z.string().trim().min(1).optional().meta({
      title: 'Sub-account',
      description: 'In an organization: the sub-account whose alerts are collected.',
    }),
    organization: z.boolean().default(false).meta({
      title: 'Whole organization',
      description: 'Collect the alerts of the whole organization; the key must have organization access.',
    }),
    fetch_details: z.boolean().default(false).meta({
      title: 'Fetch details',
      description:
        'Fetch the details of each new alert, as far as the API budget allows, and fill more ECS fields from them. Only with the event format normalized.',
    }),
    ratelimit_per_hour: z.int().min(8).max(1_000_000).default(480).meta({
      title: 'API calls per hour',
      description: 'The trigger makes no more calls to Lacework than this in any hour, all kinds together.',
    }),
    chunk_size: z.int().min(1).max(10_000).default(1000).meta({
      title: 'Batch size',
      description: 'At most this many events are sent to the intake in one request.',
    }),
    concurrency: z.int().min(1).max(16).default(4).meta({
      title: 'Requests in flight',
      description: 'At most this many requests to the intake at a time.',
    }),
    compress: z.boolean().default(true).meta({
      title: 'Compress',
      description: 'Send requests to the intake compressed with gzip.',
    }),
    dead_letters_max_mb: z.int().min(1).max(1_000_000).default(256).meta({
      title: 'Dead letters (MB)',
      description:
        'Events that the intake refuses are kept in the data path, up to this size. When it is full, collection stops until space is made: nothing is dropped.',
    }),
    state_store: z.string().trim().min(1).optional().meta({
      title: 'State store',
      description:
        'Where the trigger keeps its state: redis://, rediss://, postgres:// or file:// URL. Leave it empty for the data path.',
      format: 'password',
    }),
    history_after_damage_hours: z.int().min(1).max(2208).default(168).meta({
      title: 'History after damage (hours)',
      description: 'How far back to collect again when the stored state is damaged; duplicates are then possible.',
    }),
  })
  .meta({ title: 'Fetch new logs from Lacework' });

/** The connector's configuration form. */
export const connectorForm = connectorFields;

/** The trigger's configuration form: the connector's, and what needs a playbook. */
export const triggerForm = connectorFields
  .extend({
    launch_playbook_for: z.enum(severities).optional().meta({
      title: 'Start the playbook for',
      description: 'Start a run of the playbook for each new alert at or above this severity. Empty: for none.',
    }),
  })
  .meta({ title: 'Fetch new logs from Lacework' });

const { intake_key, state_store } = triggerForm.shape;

/** Reads a saved configuration form; a field left empty counts as not filled in. */
export const configurationSchema = z.preprocess(
  dropEmptyFields,
  triggerForm
    .extend({
      intake_key: intake_key.transform(reveal),
      state_store: state_store
        .unwrap()
        .refine(isStateStore, 'must be a URL that begins with file:///, redis://, rediss://, postgres:// or memory:')
        .transform(reveal)
        .optional()
        // What the field says of itself hangs on its optional form.
        .meta({ ...state_store.meta() }),
    })
    .refine((form) => !(form.fetch_details && form.event_format === 'raw'), {
      path: ['fetch_details'],
      message:
        'can not be used with the event format raw: details only fill fields of the normalized event. Switch one of the two off',
    }),
);

/** The account as the module uses it. */
export type Account = z.output<typeof accountSchema>;

/** The configuration as the module uses it. */
export type Configuration = z.output<typeof configurationSchema>;

function readAccount(text: string, { addIssue }: z.RefinementCtx): URL {
  const url = accountUrl(text);
  if (url !== undefined) return url;
  addIssue("is not a Lacework account's host name");
  return z.NEVER;
}

function renameAliases(saved: unknown, aliases: Record<string, string>): unknown {
  if (!isRecord(saved)) return saved;
  const renamed = { ...saved };
  for (const [alias, name] of Object.entries(aliases)) {
    if (renamed[alias] !== undefined && renamed[name] === undefined) renamed[name] = renamed[alias];
  }
  return renamed;
}

/** Forms send "" and null for what a person left empty. */
function dropEmptyFields(saved: unknown): unknown {
  if (!isRecord(saved)) return saved;
  return Object.fromEntries(Object.entries(saved).filter(([, value]) => value !== '' && value !== null));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
