import { createInterface } from 'node:readline/promises';
import { StoppedError } from '../errors.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Asks before something is changed; true when the person says yes. Without a terminal to ask at, --yes is wanted. */
export async function confirm(question: string, yes: boolean, { json, say, signal, tell }: Terminal): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${question} Nobody can be asked here: give --yes.`);
  const tellUnchanged = () => tell('info', 'unchanged', 'Nothing was changed.');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asking.question(`${question} Type yes to go on: `, { signal });
    if (answer.trim().toLowerCase() === 'yes') return true;
    tellUnchanged();
    return false;
  } catch (error) {
    // Ctrl-C and Ctrl-D at the question.
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    if (!json) say('');
    tellUnchanged();
    throw new StoppedError();
  } finally {
    asking.close();
  }
}
