import { createInterface } from 'node:readline/promises';
import { StoppedError } from '../errors.js';
import { UsageError } from './usage-error.js';

/** Asks before something is changed; true when the person says yes. Without a terminal to ask at, --yes is wanted. */
export async function confirm(question: string, yes: boolean, signal: AbortSignal): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${question} Nobody can be asked here: give --yes.`);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asking.question(`${question} Type yes to go on: `, { signal });
    return answer.trim().toLowerCase() === 'yes';
  } catch (error) {
    // Ctrl-C and Ctrl-D at the question.
    if (error instanceof Error && error.name === 'AbortError') throw new StoppedError();
    throw error;
  } finally {
    asking.close();
  }
}
