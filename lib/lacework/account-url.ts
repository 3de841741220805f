import { isIP } from 'node:net';
import { ConfigurationError } from '@sekoia/automation-sdk-ts';
import { messages } from '../messages.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const LACEWORK_DOMAIN = '.lacework.net';

/**
 * The address of a Lacework account, written in any of its usual forms: `acme`, `acme.lacework.net`,
 * `https://acme.lacework.net/`, `acme.fra`, `acme.fra.lacework.net`. A host with another domain is taken as it is when
 * its address is given whole, with `https://`; plain http is for loopback alone. Throws ConfigurationError.
 */
export function accountUrl(account: string): URL {
  const written = account.trim().toLowerCase();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//.test(written);
  let url: URL;
  try {
    url = new URL(withScheme ? written : `https://${written}`);
  } catch (cause) {
    throw invalidAccount(cause);
  }
  const host = url.hostname;
  const loopback = LOOPBACK.test(host);
  if (!(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) throw invalidAccount();
  if (url.username !== '' || url.password !== '') throw invalidAccount();
  const address = isIP(host.replace(/^\[|\]$/g, '')) !== 0;
  if (!address && !HOST_NAME.test(host)) throw invalidAccount();
  const whole = loopback || address || host.endsWith(LACEWORK_DOMAIN) || (withScheme && host.includes('.'));
  return new URL(`${url.protocol}//${whole ? host : host + LACEWORK_DOMAIN}${url.port === '' ? '' : `:${url.port}`}/`);
}

function invalidAccount(cause?: unknown): ConfigurationError {
  const { code, text } = messages.accountInvalid({});
  return new ConfigurationError(code, text, { cause });
}
