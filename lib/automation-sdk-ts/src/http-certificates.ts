import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { Environment } from './http.js';

/** Certificates beyond those that Node trusts by itself, PEM. */
export interface Certificates {
  /** All trusted authorities, Node's own included. */
  readonly ca?: string[];
  /** What this process shows to a server that asks who it is. */
  readonly cert?: string;
  readonly key?: string;
}

/** The certificates as the platform gives them: values `ca_cert`, `client_cert`, `client_key`, PEM. */
export interface PlatformCertificates {
  readonly caCert: string | undefined;
  readonly clientCert: string | undefined;
  readonly clientKey: string | undefined;
}

/** The platform's authority added to Node's own and to NODE_EXTRA_CA_CERTS, which Node leaves out once a list is given. */
export async function trustedAuthorities(
  caCert: string | undefined,
  environment: Environment,
): Promise<Pick<Certificates, 'ca'>> {
  if (caCert === undefined) return {};
  const extra = environment['NODE_EXTRA_CA_CERTS'];
  // Node itself only warns when the file can't be read.
  const extraCertificates = extra ? await readFile(extra, 'utf8').catch(() => undefined) : undefined;
  return { ca: [...rootCertificates, ...(extraCertificates === undefined ? [] : [extraCertificates]), caCert] };
}
