import { type ErrorDetails, ModuleError } from '@sekoia/automation-sdk-ts';

/**
 * What kind of failure a call to Lacework met:
 * `key_refused`, the key itself; `unauthorized`, the token; `forbidden`, the permission; `bad_request`, the request as
 * written (400); `refused`, the request for another reason (any other 4xx); `rate_limited`, too many calls; `server`, a 5xx; `network`, no answer; `unreadable`, an answer that is not what
 * was asked for; `foreign_page`, a page that would be read from another server.
 */
export type LaceworkErrorKind =
  | 'key_refused'
  | 'unauthorized'
  | 'forbidden'
  | 'bad_request'
  | 'refused'
  | 'rate_limited'
  | 'server'
  | 'network'
  | 'unreadable'
  | 'foreign_page';

/** A call to Lacework failed. */
export class LaceworkError extends ModuleError {
  readonly kind: LaceworkErrorKind;

  constructor(kind: LaceworkErrorKind, message: string, details: ErrorDetails = {}) {
    super(`lacework_${kind}`, message, details);
    this.kind = kind;
  }

  /** Whether the same call, made again a moment later, may succeed. */
  get transient(): boolean {
    return this.kind === 'server' || this.kind === 'network' || this.kind === 'unreadable';
  }
}

/** The trigger is stopping: what was being waited for is given up, without a word. */
export class StoppedError extends ModuleError {
  constructor() {
    super('stopped', 'The trigger is stopping.');
  }
}
