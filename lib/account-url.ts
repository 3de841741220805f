import { isIP } from 'node:net';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const LACEWORK_DOMAIN = '.lacework.net';

/**
 * The address of a Lacework account, written in any of its usual forms: `acme`, `acme.lacework.net`,
 * `https://acme.lacework.net/`, `acme.fra`, `acme.fra.lacework.net`. A host with another domain is taken as it is when
 * its address is given whole, with `https://`; plain http is for loopback alone. Undefined for any other text.
 */
export function accountUrl(account: string): URL | undefined {
  const written = account.trim().toLowerCase();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//.test(written);
  const address = withScheme ? written : `https://${written}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const host = url.hostname;
  const loopback = LOOPBACK.test(host);
  if (!(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  const isAddress = isIP(host.replace(/^\[|\]$/g, '')) !== 0;
  if (!isAddress && !HOST_NAME.test(host)) return undefined;
  const whole = loopback || isAddress || host.endsWith(LACEWORK_DOMAIN) || (withScheme && host.includes('.'));
  return new URL(`${url.protocol}//${whole ? host : host + LACEWORK_DOMAIN}${url.port === '' ? '' : `:${url.port}`}/`);
}
