import { ProxyError } from './http-proxy.js';

/** Why a call got no usable answer. */
export type NetworkErrorKind =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'certificate'
  | 'too_large'
  | 'redirect'
  | 'proxy'
  | 'not_json'
  | 'aborted'
  | 'other';

/** A failed call, classified by its error code. */
export interface NetworkErrorDescription {
  readonly kind: NetworkErrorKind;
  /** The rest of a sentence that begins with the host's name: "can't be resolved (ENOTFOUND)". Carries nothing of the call. */
  readonly text: string;
}

const KINDS: Readonly<Record<string, Exclude<NetworkErrorKind, 'proxy'>>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  EADDRNOTAVAIL: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: 'reset',
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  ERR_BODY_TOO_LARGE: 'too_large',
  ERR_REDIRECT_REFUSED: 'redirect',
  ERR_TOO_MANY_REDIRECTS: 'redirect',
  ERR_BODY_PARSE_FAILURE: 'not_json',
  ERR_ABORTED: 'aborted',
  ERR_CANCELED: 'aborted',
  ABORT_ERR: 'aborted',
  // What AbortSignal gives: a DOMException, whose codes are numbers.
  '20': 'aborted',
  '23': 'timeout',
};

/** OpenSSL's names for a certificate that is not trusted; they share no prefix. */
const CERTIFICATE_CODES =
  /^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|EPROTO$)/;

const TEXTS: Readonly<Record<Exclude<NetworkErrorKind, 'proxy'>, string>> = {
  dns: "can't be resolved; check the name and the DNS",
  refused: 'refuses or does not accept connections',
  reset: 'closed the connection before its answer was complete',
  timeout: 'did not answer in time',
  certificate: 'could not be verified by its certificate; check the authority and the proxy',
  too_large: 'sent a larger answer than is accepted',
  redirect: 'redirects to another place, which is not followed',
  not_json: 'answered with something other than JSON',
  aborted: 'was not waited for, because the module stops',
  other: "can't be reached",
};

/** Says why a call failed, by the codes of the error and its causes, never by its words. */
export function describeNetworkError(error: unknown): NetworkErrorDescription {
  if (error instanceof ProxyError) {
    const { proxy, advice, cause } = error;
    const { kind, text } = describeNetworkError(cause);
    // It ended the connection on which it was asked for one to the server.
    const said = kind === 'other' ? 'gives no connection' : text;
    return { kind: 'proxy', text: `can't be reached through the proxy ${proxy}, which ${said}; ${advice}` };
  }
  const codes = errorCodes(error);
  for (const code of codes) {
    const kind = KINDS[code] ?? (CERTIFICATE_CODES.test(code) ? 'certificate' : undefined);
    if (kind !== undefined) return { kind, text: `${TEXTS[kind]} (${code})` };
  }
  const [code] = codes;
  return { kind: 'other', text: code === undefined ? TEXTS.other : `${TEXTS.other} (${code})` };
}

/** The outermost code first; got gives some errors a code of its own and keeps the real one in the cause. */
function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let current = error, depth = 0; typeof current === 'object' && current !== null && depth < 5; depth++) {
    const { code, cause } = current as { readonly code?: unknown; readonly cause?: unknown };
    if (typeof code === 'string' || typeof code === 'number') codes.push(String(code));
    current = cause;
  }
  return codes;
}
