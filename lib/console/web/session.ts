import { act } from './api-client.js';

/** The token that an address carries behind its `#`, if any. */
export function tokenIn(address: string): string | undefined {
  const token = /#token=(.+)$/.exec(address.trim())?.[1];
  if (token === undefined) return undefined;
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

/** Takes the token out of the address bar, if there is one. */
export function takeTokenFromAddress(): string | undefined {
  const token = tokenIn(location.hash);
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** Trades the token for a cookie; throws when it is wrong. */
export async function openSession(token: string): Promise<void> {
  await act('POST', '/api/session', { token });
}
