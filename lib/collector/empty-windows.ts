import { deliberateWait, type Waiting } from '../deliberate-wait.js';
import { messages } from '../messages.js';
import type { Window } from '../window.js';

/** How long after an empty answer a second one is believed: a failure of the API is over by then, or is seen as one. */
const EMPTY_PAUSE_MS = 10_000;

/** How windows are read one after the other. */
export interface WindowReading<W extends Window> extends Waiting {
  /** Reads a window and settles what it held; answers whether anything was found. */
  readonly read: (window: W) => Promise<boolean>;
  /** Told when a range counts as read; `last` is its last window. */
  readonly settled: (range: Window, last: W) => void | Promise<void>;
  /** Whether nothing need be known for sure, since the same is read again later anyway. */
  readonly isReadAgain?: (window: W) => boolean;
  readonly pauseMs?: number;
}

/**
 * Reads the windows in turn. An empty answer may have been a failure: windows in a row in which nothing was found are read
 * once more, a while later, before they count as read.
 */
export async function readWindows<W extends Window>(windows: readonly W[], reading: WindowReading<W>): Promise<void> {
  const { read, settled, isReadAgain = () => false } = reading;
  let empty: W[] = [];
  for (const window of windows) {
    if (!(await read(window)) && !isReadAgain(window)) {
      empty.push(window);
      if (window !== windows.at(-1)) continue;
    }
    const { from } = empty[0] ?? window;
    if (empty.length > 0) await readOnceMore(empty, reading);
    empty = [];
    await settled({ from, to: window.to }, window);
  }
}

async function readOnceMore<W extends Window>(windows: readonly W[], reading: WindowReading<W>): Promise<void> {
  const { read, pauseMs = EMPTY_PAUSE_MS, monitor } = reading;
  const range = { from: (windows[0] as W).from, to: (windows.at(-1) as W).to };
  monitor.report(messages.windowEmpty({ window: range, pauseMs }));
  await deliberateWait(pauseMs, reading);
  for (const window of windows) await read(window);
}
