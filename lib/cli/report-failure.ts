import { ConfigurationError, ModuleError } from '@sekoia/automation-sdk-ts';
import { DirectoryInUseError } from '../console/console-directory.js';
import { StoppedError } from '../errors.js';
import { EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';
import { StateInUseError, UsageError } from './usage-error.js';

/** Says what went wrong, and answers the exit code for it. */
export function reportFailure(error: unknown, { tell }: Terminal): number {
  // Whoever has interrupted a command knows.
  if (error instanceof StoppedError) return EXIT.interrupted;
  const code = error instanceof ModuleError ? error.code : 'defect';
  const message =
    error instanceof ModuleError
      ? error.message
      : `The program met a defect of its own. Report it, please, with these lines:\n${error instanceof Error ? error.stack : String(error)}`;
  tell('error', code, message);
  return exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof ConfigurationError) return EXIT.usage;
  if (error instanceof StateInUseError || error instanceof DirectoryInUseError) return EXIT.busy;
  return error instanceof ModuleError ? EXIT.failed : EXIT.defect;
}
