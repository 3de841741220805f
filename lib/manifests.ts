import { formSchema } from '@sekoia/automation-sdk-ts';
import { accountForm, connectorForm, triggerForm } from './configuration.js';

/** Never changed once published: the platform knows the module and its items by them. */
const MODULE_UUID = '5f5f3a20-1329-40ce-8579-9bb74aec41ec';
const FETCH_NEW_LOGS_UUID = '08a8c222-6762-450c-91ef-14d59dac6faa';

/** The command with which the platform starts "Fetch new logs from Lacework". */
export const FETCH_NEW_LOGS = 'fetch_new_logs';

/** The module's slug, part of its metrics' names. */
export const SLUG = 'lacework';

/** The name of the module, as people see it. */
export const MODULE_NAME = 'Lacework';

const item = {
  uuid: FETCH_NEW_LOGS_UUID,
  name: 'Fetch new logs from Lacework',
  description:
    'Collects the alerts of a Lacework account, late ones included, and forwards each of them once to an intake as an ECS event.',
  docker_parameters: FETCH_NEW_LOGS,
} as const;

/** What a run of the playbook is started with, when the configuration asks for runs: the normalized event. */
const results = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  title: 'Normalized alert',
  properties: {
    message: { type: 'string', description: "The alert's text as Lacework sent it." },
    '@timestamp': { type: 'string', format: 'date-time', description: 'When the alert began.' },
    event: { type: 'object', description: 'Code, reason, category, kind, type, start and end.' },
    lacework: { type: 'object', description: "The alert's id, severity, status, subject and description." },
    observer: { type: 'object', description: 'Vendor and product.' },
    rule: { type: 'object', description: 'The rule that was triggered, when it is known.' },
    source: { type: 'object', description: 'The source address, when one is known.' },
    user: { type: 'object', description: 'The user, when one is known.' },
    related: { type: 'object', description: 'Every user name and address found.' },
  },
};

/** The generated manifest files, by their names in the repository's root. */
export function manifests(version: string): Record<string, object> {
  const account = formSchema(accountForm, ['secret']);
  return {
    'manifest.json': {
      uuid: MODULE_UUID,
      name: MODULE_NAME,
      slug: SLUG,
      description: 'Collect the alerts of Lacework, the cloud security platform.',
      version,
      categories: ['Cloud Providers'],
      configuration: account,
      triggers: [{ ...item, account, configuration: formSchema(triggerForm) }],
    },
    'trigger_fetch_new_logs.json': { ...item, arguments: formSchema(triggerForm), results },
    'connector_fetch_new_logs.json': { ...item, arguments: formSchema(connectorForm) },
  };
}
