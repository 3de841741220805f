import { fileURLToPath } from 'node:url';
import { configurationError } from '../errors.js';
import { stateStoreInvalid } from '../messages.js';

/** Where `state_store` says that the state is kept. */
export type StateStore =
  | { readonly kind: 'data-path' }
  | { readonly kind: 'memory' }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'redis' | 'postgres'; readonly url: URL };

/** Reads the field `state_store`; throws ConfigurationError, which never shows the field's text: it may hold a password. */
export function parseStateStore(field: string | undefined): StateStore {
  const text = field?.trim() ?? '';
  if (text === '') return { kind: 'data-path' };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  switch (url?.protocol) {
    case 'memory:':
      return { kind: 'memory' };
    case 'file:':
      return { kind: 'directory', path: directoryOf(url) };
    case 'redis:':
    case 'rediss:':
      return { kind: 'redis', url };
    case 'postgres:':
    case 'postgresql:':
      return { kind: 'postgres', url };
    default:
      throw configurationError(stateStoreInvalid({}));
  }
}

/** Whether a text can be the field `state_store`. */
export function isStateStore(field: string): boolean {
  try {
    parseStateStore(field);
    return true;
  } catch {
    return false;
  }
}

/** The URL of a server for a person: without user, password and parameters. */
export function describeServer(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function directoryOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    // Another host, or an encoded slash.
    throw configurationError(stateStoreInvalid({}));
  }
}
