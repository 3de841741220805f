import { type EscapedText, EventBatch, memoryStorage } from '@sekoia/automation-sdk-ts';
import { CallHistory } from '../../collector/call-history.js';
import { collectWindow } from '../../collector/collect-window.js';
import { DeadLetters } from '../../collector/dead-letters.js';
import { readWindows } from '../../collector/empty-windows.js';
import { StoreOutage } from '../../collector/persist.js';
import { splitWindow } from '../../collector/plan-window.js';
import { SeenAlerts } from '../../collector/seen-alerts.js';
import type { Window } from '../../window.js';
import { EXIT } from '../exit-codes.js';
import type { FetchOptions } from '../range/options.js';
import { quietMetrics } from '../range/quiet-metrics.js';
import { openReader, withinReach } from '../range/reader.js';
import type { Terminal } from '../terminal.js';
import { inWorkplace } from '../workplace.js';
import { FetchCounts } from './fetch-counts.js';

/** A person waits, and may ask again. */
const EMPTY_PAUSE_MS = 2_000;

/** What Lacework answers for the range is taken, whatever the alert itself says of its start. */
const EVERYTHING = Number.NEGATIVE_INFINITY;

/** Collects the range as the trigger would, into the standard output. */
export function fetchRange(range: Window, options: FetchOptions, terminal: Terminal): Promise<number> {
  const { dryRun = false, details } = options;
  return inWorkplace(terminal, options, { lacework: true }, async (place) => {
    const { clock, monitor, signal, settings } = place;
    const { configuration } = settings;
    const reader = openReader(place, signal, details ?? configuration.fetch_details);
    await reader.client.connect();
    const readable = withinReach(range, reader, place);
    const memory = memoryStorage();
    const counts = new FetchCounts(readable);
    const collecting = {
      ...reader,
      clock,
      monitor,
      signal,
      configuration,
      floor: EVERYTHING,
      metrics: quietMetrics,
      seen: new SeenAlerts(memory),
      callHistory: new CallHistory(memory, reader.rateLimit, clock),
      deadLetters: new DeadLetters(memory, Number.POSITIVE_INFINITY),
      storeOutage: new StoreOutage(clock, monitor),
      delivery: {
        add: (event: string | EscapedText) => {
          const text = textOf(event);
          return dryRun ? counts.add(text) : terminal.write(text);
        },
        settle: async () => undefined,
      },
    };
    await readWindows(splitWindow(readable), {
      ...collecting,
      read: (window) => collectWindow(window, collecting),
      settled: () => undefined,
      pauseMs: EMPTY_PAUSE_MS,
    });
    counts.report(reader, dryRun, terminal);
    return EXIT.done;
  });
}

/** The event's JSON text; one that writes itself is read back from a batch of its own. */
function textOf(event: string | EscapedText): string {
  if (typeof event === 'string') return event;
  const batch = new EventBatch();
  batch.add(event);
  return batch.json(0);
}
