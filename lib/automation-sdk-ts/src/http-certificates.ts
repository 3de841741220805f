import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { Environment } from './environment.js';

const CERTIFICATE = /-----BEGIN [A-Z0-9 ]*CERTIFICATE-----[^-]*-----END [A-Z0-9 ]*CERTIFICATE-----/g;

/** Certificates beyond those that Node trusts by itself, PEM. */
export interface Certificates {
  /** All trusted authorities, Node's own included. */
  readonly ca?: string[];
  /** What this process shows to a server that asks who it is. */
  readonly cert?: string;
  readonly key?: string;
}

/**
 * The platform's authority added to Node's own and to NODE_EXTRA_CA_CERTS, which Node leaves out once a list
 * is given. Throws when `caCert` holds no certificate, or one that can't be read: OpenSSL would pass over it in silence.
 */
export async function trustedAuthorities(
  caCert: string | undefined,
  environment: Environment,
): Promise<Pick<Certificates, 'ca'>> {
  if (caCert === undefined) return {};
  for (const block of caCert.match(CERTIFICATE) ?? ['']) new X509Certificate(block);
  const extra = environment['NODE_EXTRA_CA_CERTS'];
  // Node itself only warns when the file can't be read.
  const extraCertificates = extra ? await readFile(extra, 'utf8').catch(() => undefined) : undefined;
  return { ca: [...rootCertificates, ...(extraCertificates === undefined ? [] : [extraCertificates]), caCert] };
}
