import { EXIT } from './exit-codes.js';
import { reportFailure } from './report-failure.js';
import { openTerminal, type Terminal } from './terminal.js';

/**
 * Runs a command until it is done: the number that `work` returns, or the kind of what it throws, becomes the exit code.
 * The first Ctrl-C lets it end in good order, the second ends it at once. A terminal that closes is a first one, however
 * often it says so.
 */
export async function runCommand(
  { json = false }: { readonly json?: boolean },
  work: (terminal: Terminal) => Promise<number>,
): Promise<void> {
  const interruption = new AbortController();
  const onSignal = () => {
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort();
  };
  const interrupt = () => interruption.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', interrupt);
  // Who reads the result, `head` for one, has enough of it; the last writes fail when the work has ended already.
  process.stdout.on('error', interrupt);
  process.stderr.on('error', interrupt);
  const terminal = openTerminal(process, json, interruption.signal);
  try {
    process.exitCode = await work(terminal);
  } catch (error) {
    process.exitCode = interruption.signal.aborted ? EXIT.interrupted : reportFailure(error, terminal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', interrupt);
  }
}
