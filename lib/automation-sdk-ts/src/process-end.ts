/** The platform gives 10 s; whatever still holds the process then is not waited for. */
const LAST_MOMENT_MS = 9_500;

/** What ends a process from outside the module, as AbortSignals. */
export interface ProcessEnd {
  /** Aborted by SIGTERM, SIGINT, a crash, and the end of whoever started the process with a channel to it. */
  readonly stop: AbortSignal;
  /** Aborted before `stop` by an error that nobody caught, which is its reason. */
  readonly crashed: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
}

/**
 * Turns SIGTERM, SIGINT, the end of the parent's channel and uncaught errors into aborts; 9.5 s after the first, the process
 * ends whatever happens. Node's own word on an uncaught error would print all that hangs on it, credentials included.
 */
export function catchProcessEnd(process: NodeJS.Process): ProcessEnd {
  const stop = new AbortController();
  const crashed = new AbortController();
  const onStop = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    setTimeout(() => process.exit(crashed.signal.aborted ? 1 : 0), LAST_MOMENT_MS).unref();
  };
  const onError = (error: unknown) => {
    crashed.abort(error);
    onStop();
  };
  // A reader of the console that has gone away must not end the trigger.
  const onBrokenPipe = () => undefined;
  process.on('SIGTERM', onStop).on('SIGINT', onStop).on('disconnect', onStop).on('uncaughtException', onError);
  process.stdout.on('error', onBrokenPipe);
  process.stderr.on('error', onBrokenPipe);
  return {
    stop: stop.signal,
    crashed: crashed.signal,
    release() {
      process.off('SIGTERM', onStop).off('SIGINT', onStop).off('disconnect', onStop).off('uncaughtException', onError);
      process.stdout.off('error', onBrokenPipe);
      process.stderr.off('error', onBrokenPipe);
    },
  };
}
