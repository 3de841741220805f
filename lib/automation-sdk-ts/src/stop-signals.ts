/** The platform gives 10 s; whatever still holds the process then is not waited for. */
const LAST_MOMENT_MS = 9_500;

/** The signals of the process as an AbortSignal. */
export interface StopSignals {
  readonly signal: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
}

/** Turns SIGTERM and SIGINT into an abort; 9.5 s after the first, the process ends with 0 whatever happens. */
export function catchStop(process: NodeJS.Process): StopSignals {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    setTimeout(() => process.exit(0), LAST_MOMENT_MS).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGTERM', stop);
      process.off('SIGINT', stop);
    },
  };
}
