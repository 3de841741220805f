import type { RuntimeValues } from '@sekoia/automation-sdk-ts';
import { startPlatform } from '../../console/platform/platform.js';
import type { Settings } from '../settings/read-settings.js';
import { UsageError } from '../usage-error.js';

/** What the trigger needs of a platform, on loopback, in this process. */
export interface StandIn {
  /** The platform's values, as the trigger reads them. */
  readonly environment: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** Values that are handed on as they are. */
const HANDED_ON = [
  'liveness_port',
  'metrics_port',
  'environment',
  'sub_folder',
  'file_backend',
  'aws_bucket_name',
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_default_region',
  'aws_session_token',
  'aws_s3_endpoint_url',
  'ca_cert',
  'client_cert',
  'client_key',
] as const;

/** Starts a platform that hands out the secret and takes the trigger log: the trigger then runs exactly as on a real one. */
export async function openStandIn(settings: Settings, environment: NodeJS.ProcessEnv): Promise<StandIn> {
  const { values, account, configuration, forms, intakeUrl } = settings;
  if (configuration.launch_playbook_for !== undefined) {
    throw new UsageError('launch_playbook_for needs a platform, which has the playbook: leave it out here.');
  }
  const platform = await startPlatform();
  const place = platform.open({
    secrets: { secret: account.secret.reveal() },
    // The console of the process has each line; kept here they would only grow.
    onLogs: () => place.logs.splice(0),
  });
  stayOffProxies(environment);
  return {
    environment: {
      ...environment,
      ...handOn(values),
      // The values of a directory would come before these.
      SYMPHONY_DIR: '/nonexistent',
      SYMPHONY_DATA_DIR: values.dataRoot,
      MODULE_CONFIGURATION: JSON.stringify({ ...forms.account, secret: undefined }),
      CONNECTOR_CONFIGURATION: JSON.stringify(forms.configuration),
      INTAKE_URL: intakeUrl,
      TOKEN: place.token,
      URL_CALLBACK: place.urlCallback,
      URL_LOGS: place.urlLogs,
      URL_SECRETS: place.urlSecrets,
    },
    close: () => platform.close(),
  };
}

function handOn(values: RuntimeValues): NodeJS.ProcessEnv {
  return Object.fromEntries(
    HANDED_ON.flatMap((name) => {
      const value = values.optional(name);
      return value === undefined ? [] : [[name.toUpperCase(), value]];
    }),
  );
}

/** A proxy can't reach the loopback of this machine; which calls avoid it is read from the process's own environment. */
function stayOffProxies(environment: NodeJS.ProcessEnv): void {
  const others = environment['no_proxy'] || environment['NO_PROXY'];
  environment['no_proxy'] = [others, '127.0.0.1'].filter(Boolean).join(',');
}
