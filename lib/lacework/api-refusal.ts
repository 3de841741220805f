import { LaceworkError } from '../errors.js';
import { readableTime } from '../window.js';
import type { ApiFunction } from './rate-limit.js';

/** What a call of `fn` failed with, by the status that answered it. */
export function refusal(host: string, fn: ApiFunction, status: number): LaceworkError {
  if (status === 401) {
    return new LaceworkError('unauthorized', `${host} refuses a token that it has just given (status 401).`);
  }
  if (status === 403) {
    const what = fn === 'details' ? "alerts' details" : 'alerts';
    return new LaceworkError(
      'forbidden',
      `${host} doesn't let this API key read ${what} (status 403). Give its service user read access to alerts in the Lacework console.`,
    );
  }
  if (status === 429)
    return new LaceworkError('rate_limited', `${host} allows no more calls for the moment (status 429).`);
  if (status >= 500) return new LaceworkError('server', `${host} answers with an error of its own (status ${status}).`);
  if (status >= 400) {
    const kind = status === 400 ? 'bad_request' : 'refused';
    return new LaceworkError(kind, `${host} refuses the request (status ${status}).`);
  }
  return unreadable(host, `with status ${status}`);
}

/** No call is allowed before `until`, in milliseconds since 1970. */
export function limited(host: string, until: number): LaceworkError {
  return new LaceworkError(
    'rate_limited',
    `${host} allows no more calls until ${readableTime(until)} (status 429). Try again then.`,
  );
}

/** No call may be made before `until`, in milliseconds since 1970, and none was. */
export function usedUp(host: string, until: number): LaceworkError {
  return new LaceworkError(
    'rate_limited',
    `The calls that ${host} allows are used up until ${readableTime(until)}. Try again then.`,
  );
}

/** The key itself is refused. */
export function keyRefusal(host: string, status: number): LaceworkError {
  return new LaceworkError(
    'key_refused',
    `Lacework refuses the API key at ${host} (status ${status}). Check keyId and secret in the account, or create a new API key in the Lacework console.`,
  );
}

/** An answer that is not the API's. */
export function unreadable(host: string, what: string): LaceworkError {
  return new LaceworkError('unreadable', `${host} answers ${what} with something that is not Lacework's.`);
}
