import { StorageError } from '../errors.js';
import { ProxyError } from '../http-proxy.js';
import { describeNetworkError } from '../network-error.js';
import { errorCode } from './error-code.js';

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on that disk, or give it more.',
  EDQUOT: "Raise the quota of this process's user, or free space.",
  EACCES: "Give this process's user the right to read and write there.",
  EPERM: "Give this process's user the right to read and write there.",
  EROFS: 'Mount it writable.',
  EIO: 'Check the disk: it reports errors.',
  ENAMETOOLONG: 'The key is too long for this store.',
  ECONNREFUSED: 'Check that the server runs and listens there.',
  ENOTFOUND: "Check the server's name.",
  ETIMEDOUT: 'Check that the server works: it does not answer.',
  // Redis.
  WRONGPASS: 'Correct the user or the password.',
  NOAUTH: 'Give the password.',
  OOM: "Raise the server's maxmemory.",
  // PostgreSQL, by SQLSTATE.
  '28P01': 'Correct the user or the password.',
  '3D000': 'Create the database, or correct its name.',
  '42501': 'Give the user the right to create and use tables there.',
  '53100': "The server's disk is full: free space.",
  // S3.
  AccessDenied: 'Give the key the rights to list the bucket and to read, write and delete its objects.',
  InvalidAccessKeyId: 'Correct the access key.',
  SignatureDoesNotMatch: 'Correct the secret access key.',
  NoSuchBucket: 'Create the bucket, or correct its name.',
  RequestTimeTooSkewed: "Set this machine's clock right.",
  NotImplemented: 'The service lacks conditional writes; use another one, or set state_store.',
};

/** What the person reads when a store failed while `doing` something: the code of the cause decides the advice. */
export function storageFailure(store: string, doing: string, cause: unknown): StorageError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof ProxyError) {
    const { text } = describeNetworkError(cause);
    return new StorageError('state_store_failed', `The store ${store} failed while ${doing}: it ${text}.`, {
      detail,
      cause,
    });
  }
  const code = errorCode(cause);
  const reason = code === undefined ? '' : ` (${code})`;
  const advice = ADVICE[code ?? ''] ?? 'Check that it works and can be reached.';
  return new StorageError('state_store_failed', `The store ${store} failed while ${doing}${reason}. ${advice}`, {
    detail,
    cause,
  });
}
