import { join } from 'node:path';
import type { HttpSettings } from './context.js';
import type { RuntimeValues } from './runtime-values.js';
import { Secret } from './secret.js';
import type { Session } from './session.js';
import type { DataPath } from './storage/data-path.js';
import { type OpenedStorage, openStorage } from './storage/open-storage.js';

/** Opens the store that `stateStore` names, or the platform's own, and reports what a person should know of the choice. */
export async function openState<Account>(
  session: Session<Account>,
  stateStore: string | undefined,
  identity: string,
): Promise<OpenedStorage> {
  const { clock, environment, monitor, platform, redactor, values } = session;
  if (stateStore !== undefined) redactor.add(new Secret(stateStore));
  const opened = await openStorage({
    ...(stateStore === undefined ? {} : { stateStore }),
    dataPath: dataPathOf(values, platform.platformHttp),
    identity,
    clock,
    host: { root: '/', env: environment },
  });
  for (const warning of opened.warnings) monitor.report(warning);
  return opened;
}

/** The configuration's own identity, which stays when the form changes; undefined where the platform gives none. */
export function configurationUuid(values: RuntimeValues): string | undefined {
  return values.optional('connector_configuration_uuid') ?? values.optional('trigger_configuration_uuid');
}

/** Where the platform's values say that data is kept; `http` carries the certificates that a bucket's service needs. */
export function dataPathOf(values: RuntimeValues, http: HttpSettings): DataPath {
  const folder = values.optional('sub_folder') ?? '';
  if (values.optional('file_backend')?.toUpperCase() !== 'S3') {
    return { kind: 'directory', path: join(values.dataRoot, folder) };
  }
  const sessionToken = values.optional('aws_session_token');
  const endpoint = values.optional('aws_s3_endpoint_url');
  return {
    kind: 'bucket',
    bucket: values.required('aws_bucket_name'),
    region: values.required('aws_default_region'),
    accessKeyId: values.required('aws_access_key_id'),
    secretAccessKey: new Secret(values.required('aws_secret_access_key')),
    ...(sessionToken === undefined ? {} : { sessionToken: new Secret(sessionToken) }),
    ...(endpoint === undefined ? {} : { endpoint }),
    folder: folder.replace(/^\/+|\/+$/g, ''),
    http,
  };
}
