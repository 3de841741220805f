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
  let unwritten: Error | undefined;
  let hasEnough = false;
  const onWriteError = (error: NodeJS.ErrnoException) => {
    // Who reads the result, `head` for one, has enough of it; a terminal that has closed takes no more.
    hasEnough ||= error.code === 'EPIPE';
    if (error.code !== 'EPIPE' && error.code !== 'EIO') unwritten = error;
    interruption.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', interrupt);
  // The last writes fail when the work has ended already: the listeners stay.
  process.stdout.on('error', onWriteError);
  process.stderr.on('error', interrupt);
  const terminal = openTerminal(process, json, interruption.signal);
  try {
    process.exitCode = await work(terminal);
    await written(process.stdout);
  } catch (error) {
    process.exitCode = interruption.signal.aborted
      ? hasEnough
        ? EXIT.done
        : EXIT.interrupted
      : reportFailure(error, terminal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', interrupt);
  }
  if (unwritten === undefined) return;
  process.stderr.write(`error: the result can't be written (${unwritten.message}). What was written is not whole.\n`);
  process.exitCode = EXIT.failed;
}

/** Resolves when all that was written has been handed on, or has failed. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength > 0) await new Promise<void>((resolve) => stream.write('', () => resolve()));
  // A write to a file has been made by now; its failure is told a moment later.
  await new Promise((resolve) => setImmediate(resolve));
}
