import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './environment.js';
import { configurationError } from './errors.js';
import { valueInvalid, valueMissing, valueUnreadable } from './messages.js';

/** The names of the values that the platform gives a module; platform-protocol, "Start". */
const NAMES = [
  'module_configuration',
  'trigger_configuration',
  'connector_configuration',
  'token',
  'url_callback',
  'url_logs',
  'url_secrets',
  'intake_url',
  'liveness_port',
  'metrics_port',
  'community_uuid',
  'playbook_uuid',
  'playbook_run_uuid',
  'node_run_uuid',
  'trigger_configuration_uuid',
  'connector_configuration_uuid',
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

/** The name of a value that the platform gives. */
export type RuntimeValueName = (typeof NAMES)[number];

/** What the platform gives a module at its start, read once; each access throws ConfigurationError when the value can't be used. */
export interface RuntimeValues {
  /** The directory that survives a restart; `sub_folder` is not appended yet, as a bucket needs it too. */
  readonly dataRoot: string;
  /** The value without surrounding space, or undefined when it is absent or blank. */
  optional(name: RuntimeValueName): string | undefined;
  /** As `optional`, but absence is an error that says where the value is looked for. */
  required(name: RuntimeValueName): string;
  /** The value as JSON, or undefined when it is absent; from the environment it may be base64 of the JSON. */
  json(name: RuntimeValueName): unknown;
  /** A port number. */
  port(name: RuntimeValueName, otherwise: number): number;
}

type Read =
  | { readonly source: 'file' | 'environment'; readonly text: string }
  | { readonly source: 'unreadable'; readonly file: string; readonly reason: string };

/**
 * Reads every value: the file `/symphony/NAME` first, then the environment variable NAME in capitals. SYMPHONY_DIR and
 * SYMPHONY_DATA_DIR move the two directories.
 */
export async function readRuntimeValues(environment: Environment): Promise<RuntimeValues> {
  const directory = environment['SYMPHONY_DIR'] || '/symphony';
  const reads = new Map(
    await Promise.all(
      NAMES.map(async (name) => [name, await readValue(name, join(directory, name), environment)] as const),
    ),
  );

  const present = (name: RuntimeValueName) => {
    const read = reads.get(name);
    if (read?.source === 'unreadable') throw configurationError(valueUnreadable(read));
    return read;
  };

  return {
    dataRoot: environment['SYMPHONY_DATA_DIR'] || '/symphony_data',
    optional: (name) => present(name)?.text,
    required(name) {
      const text = present(name)?.text;
      if (text !== undefined) return text;
      throw configurationError(valueMissing({ name, file: join(directory, name), variable: name.toUpperCase() }));
    },
    json(name) {
      const read = present(name);
      if (read === undefined) return undefined;
      // The parser's own message is not passed on, as it quotes the text.
      const parsed =
        tryJson(read.text) ?? (read.source === 'environment' ? tryJson(decodeBase64(read.text)) : undefined);
      if (parsed === undefined) throw configurationError(valueInvalid({ name, expected: 'JSON' }));
      return parsed.value;
    },
    port(name, otherwise) {
      const text = present(name)?.text;
      if (text === undefined) return otherwise;
      if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
      throw configurationError(valueInvalid({ name, expected: 'a port number from 0 to 65535' }));
    },
  };
}

async function readValue(name: RuntimeValueName, file: string, environment: Environment): Promise<Read | undefined> {
  let fromFile = '';
  try {
    fromFile = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return { source: 'unreadable', file, reason: code ?? message };
  }
  if (fromFile !== '') return { source: 'file', text: fromFile };
  const fromEnvironment = environment[name.toUpperCase()]?.trim();
  return fromEnvironment ? { source: 'environment', text: fromEnvironment } : undefined;
}

function tryJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function decodeBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
