import { StorageError } from '../errors.js';
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
};

/** What the person reads when a store failed while `doing` something: the code of the cause decides the advice. */
export function storageFailure(store: string, doing: string, cause: unknown): StorageError {
  const reason = errorCode(cause) ?? 'unknown';
  const advice = ADVICE[reason] ?? 'Check that it works and can be reached.';
  return new StorageError('state_store_failed', `The store ${store} failed while ${doing} (${reason}). ${advice}`, {
    detail: cause instanceof Error ? cause.message : String(cause),
    cause,
  });
}
