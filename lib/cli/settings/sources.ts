import { readFile } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';
import { accountForm, triggerForm } from '../../configuration.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** Values of form fields, by name, as they were found: not parsed yet. */
export type Fields = Readonly<Record<string, unknown>>;

const ACCOUNT_FIELDS: ReadonlySet<string> = new Set([...Object.keys(accountForm.shape), 'key_id']);
const CONFIGURATION_FIELDS: ReadonlySet<string> = new Set(Object.keys(triggerForm.shape));

/** Stands for a file whose text is pasted, or piped, into the command. */
const PASTED = '-';

/** The key file of the Lacework console. */
const keyFile = z.object({
  account: z.string().min(1),
  keyId: z.string().min(1),
  secret: z.string().min(1),
  subAccount: z.string().optional(),
});

/** The account that a key file holds. */
export async function readKeyFile(path: string, terminal: Terminal): Promise<Fields> {
  const read = keyFile.safeParse(await readJson(path, '--key-file', terminal));
  if (!read.success) {
    throw new UsageError(
      `${path} is no API key file: it needs account, keyId and secret. Download it again in the Lacework console (Settings, API keys).`,
    );
  }
  const { account, keyId, secret, subAccount } = read.data;
  return { account, keyId, secret, ...(subAccount ? { sub_account: subAccount } : {}) };
}

/** The fields of a configuration file; a name that no form has is an error, for it may be a slip. */
export async function readConfigFile(path: string, terminal: Terminal): Promise<Fields> {
  const read = z.record(z.string(), z.unknown()).safeParse(await readJson(path, '--config', terminal));
  if (!read.success) throw new UsageError(`${path} must hold one JSON object with the fields of the forms.`);
  const unknown = Object.keys(read.data).filter((name) => !ACCOUNT_FIELDS.has(name) && !CONFIGURATION_FIELDS.has(name));
  if (unknown.length === 0) return read.data;
  throw new UsageError(
    `${path} has fields that no form has: ${unknown.join(', ')}. docs/configuration.md lists the fields.`,
  );
}

/** The fields that the environment gives. */
export function readEnvironment(environment: NodeJS.ProcessEnv): Fields {
  const variables: Record<string, string> = {
    account: 'LACEWORK_ACCOUNT',
    keyId: 'LACEWORK_KEY_ID',
    secret: 'LACEWORK_SECRET',
    intake_key: 'INTAKE_KEY',
    intake_server: 'INTAKE_SERVER',
  };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([field, variable]) => {
      const value = environment[variable]?.trim();
      return value ? [[field, value]] : [];
    }),
  );
}

/** The fields of each form among all fields. */
export function splitFields(fields: Fields): { readonly account: Fields; readonly configuration: Fields } {
  const pick = (names: ReadonlySet<string>) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
  return { account: pick(ACCOUNT_FIELDS), configuration: pick(CONFIGURATION_FIELDS) };
}

async function readJson(path: string, option: string, terminal: Terminal): Promise<unknown> {
  let text: string;
  try {
    text = path === PASTED ? await readPasted(option, terminal) : await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${option} ${path} can't be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and that may be a secret.
    throw new UsageError(`${option} ${path} is not JSON.`);
  }
}

function readPasted(option: string, { tell, signal }: Terminal): Promise<string> {
  if (process.stdin.isTTY)
    tell('info', 'paste', `Paste the text for ${option}, then press Ctrl-D on a line of its own.`);
  return readText(addAbortSignal(signal, process.stdin));
}
