/** A signal that is aborted when this process is asked to stop, or its terminal closes. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
  // A terminal that has closed takes no more lines: without a listener the first of them would end the process at once.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => interrupted.abort());
  return interrupted.signal;
}

/** Resolves when the signal is aborted. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
