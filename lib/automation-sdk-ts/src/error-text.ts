import { types } from 'node:util';

/** What an error says, for a sentence in the trigger log: no stack. */
export function errorText(error: unknown): string {
  return types.isNativeError(error) ? error.message || error.name : String(error);
}

/** Where an error comes from, for developers: the stacks of the error and its causes, and nothing else that hangs on them. */
export function errorDetail(error: unknown): string | undefined {
  const stacks: string[] = [];
  for (let current = error; types.isNativeError(current) && stacks.length < 5; current = current.cause) {
    stacks.push(current.stack ?? current.message);
  }
  return stacks.length === 0 ? undefined : stacks.join('\nCaused by: ');
}
