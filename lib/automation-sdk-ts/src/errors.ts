import type { Message } from './message.js';

/** What an error carries beside its sentence. */
export interface ErrorDetails {
  /** For developers: never a secret, never a payload. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/**
 * An error for the person who runs the module: `code` is stable, `message` is a sentence that says what happened,
 * to what, and what to do next.
 */
export class ModuleError extends Error {
  readonly code: string;
  readonly detail: string | undefined;

  constructor(code: string, message: string, { detail, cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.detail = detail;
  }
}

/** Only a person can mend this; it is reported as critical, and the item does no more work. */
export class CriticalError extends ModuleError {}

/** A form field or a platform value is missing or wrong; critical at once. */
export class ConfigurationError extends CriticalError {}

/** The ConfigurationError that says what `message` says. */
export function configurationError(message: Message, details: ErrorDetails = {}): ConfigurationError {
  return new ConfigurationError(message.code, message.text, details);
}

/** The store that keeps the module's state failed; not counted by the rule of repeated errors. */
export class StorageError extends ModuleError {}

/** A stored value could not be read, or has the wrong shape; it has been set aside under `setAsideAs`. */
export class DamagedValueError extends StorageError {
  readonly key: string;
  readonly setAsideAs: string;

  constructor(key: string, setAsideAs: string, details: ErrorDetails = {}) {
    super(
      'state_damaged',
      `The stored value ${key} is damaged; it was set aside as ${setAsideAs} for inspection.`,
      details,
    );
    this.key = key;
    this.setAsideAs = setAsideAs;
  }
}

/** The playbook platform did not answer, or answered with an error. */
export class PlatformError extends ModuleError {
  /** The HTTP status, absent when there was no answer. */
  readonly status: number | undefined;

  constructor(code: string, message: string, status: number | undefined, details: ErrorDetails = {}) {
    super(code, message, details);
    this.status = status;
  }
}

/** The lease has run out or is held by another process; nothing may be delivered or recorded on it. */
export class LeaseLostError extends ModuleError {}
