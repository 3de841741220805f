import type { Storage } from '@sekoia/automation-sdk-ts';
import { intakeClient } from '../../../triggers/clients.js';
import { CallHistory } from '../../collector/call-history.js';
import { DeadLetters } from '../../collector/dead-letters.js';
import { readWindows } from '../../collector/empty-windows.js';
import { IntakeOutage } from '../../collector/intake-outage.js';
import { StoreOutage } from '../../collector/persist.js';
import { splitWindow } from '../../collector/plan-window.js';
import { PlaybookRuns } from '../../collector/playbook-runs.js';
import { SeenAlerts } from '../../collector/seen-alerts.js';
import { reportLost } from '../../collector/start-state.js';
import { counted } from '../../counted.js';
import { readableTime, type Window } from '../../window.js';
import { EXIT } from '../exit-codes.js';
import type { BackfillOptions } from '../range/options.js';
import { quietMetrics } from '../range/quiet-metrics.js';
import { openReader, type Reader, withinReach } from '../range/reader.js';
import type { Terminal } from '../terminal.js';
import { type HeldState, inWorkplace, type Workplace, withHeldState } from '../workplace.js';
import { addRange, readCovered, saveCovered, uncovered } from './covered-ranges.js';
import { openProgress, type Progress } from './progress.js';
import { type Settling, settleDay } from './settle-day.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Forwards the range day by day; what a backfill has settled before is passed over. */
export function backfillRange(range: Window, options: BackfillOptions, terminal: Terminal): Promise<number> {
  return inWorkplace(terminal, options, { lacework: true, intake: true }, (place) =>
    withHeldState(place, options.wait ?? false, async (held) => {
      const reader = openReader(place, held.signal, place.settings.configuration.fetch_details);
      await reader.client.connect();
      const { storage } = held.state;
      const covered = options.again ? [] : await readCovered(storage);
      const parts = uncovered(withinReach(range, reader, place), covered);
      const progress = openProgress(terminal, parts, reader);
      const settling = await openSettling(place, held, reader, progress);
      let settledUntil: number | undefined;
      try {
        for (const part of parts) {
          await readWindows(splitWindow(part, DAY_MS), {
            ...settling,
            read: (day) => settleDay(day, settling),
            settled: async (days) => {
              settledUntil = days.to;
              await remember(days, storage, place, reader);
              progress.settled(days);
            },
          });
        }
      } finally {
        progress.close();
        report(settledUntil, parts, reader, terminal);
        await settling.callHistory.keep(1);
      }
      return reader.tally.deadLetters === 0 ? EXIT.done : EXIT.wrong;
    }),
  );
}

async function openSettling(
  place: Workplace,
  { state, lease, signal }: HeldState,
  reader: Reader,
  progress: Progress,
): Promise<Settling> {
  const { clock, monitor, http, settings } = place;
  const { configuration, intakeUrl } = settings;
  const { storage, files } = state;
  const seen = new SeenAlerts(storage);
  const callHistory = new CallHistory(storage, reader.rateLimit, clock);
  await callHistory.load(monitor);
  reportLost(await seen.load(), monitor);
  return {
    ...reader,
    clock,
    monitor,
    signal,
    configuration,
    lease,
    seen,
    callHistory,
    counts: reader.tally,
    metrics: { ...quietMetrics, forwarded: () => progress.moved() },
    intake: intakeClient({ url: intakeUrl, key: configuration.intake_key }, configuration, { http }),
    outage: new IntakeOutage(clock, monitor, { isAttended: true }),
    storeOutage: new StoreOutage(clock, monitor),
    deadLetters: new DeadLetters(files, configuration.dead_letters_max_mb),
    runs: new PlaybookRuns({ storage, clock, monitor, sendEvent: noRun, toEvent: (json) => json }),
    batching: { chunkSize: configuration.chunk_size, concurrency: configuration.concurrency },
  };
}

/** What is still within the lookback may yet see late alerts, and is read again by the next backfill. */
async function remember(days: Window, storage: Storage, { settings }: Workplace, { client }: Reader): Promise<void> {
  const late = client.now() - settings.configuration.lookback_hours * HOUR_MS;
  if (days.from >= late) return;
  const settled = { from: days.from, to: Math.min(days.to, late) };
  await saveCovered(storage, addRange(await readCovered(storage), settled));
}

function report(
  settledUntil: number | undefined,
  parts: readonly Window[],
  { tally, rateLimit }: Reader,
  { json, print }: Terminal,
): void {
  const { seen, forwarded, deadLetters, filtered } = tally;
  const last = parts.at(-1)?.to;
  const isComplete = settledUntil === last;
  const facts = { isComplete, seen, forwarded, deadLetters, filtered, calls: rateLimit.made };
  if (json) {
    print(JSON.stringify({ ...facts, settledUntil: settledUntil === undefined ? null : new Date(settledUntil) }));
    return;
  }
  if (last === undefined) {
    print('Nothing to do: earlier backfills have settled this range. --again reads it once more.');
    return;
  }
  const until = settledUntil === undefined ? 'nothing is settled' : `settled until ${readableTime(settledUntil)}`;
  print(
    `${isComplete ? 'Complete' : `Not complete: ${until}; the same command goes on from there`}. ${counted(seen, 'alert')} seen, ${forwarded} forwarded${deadLetters > 0 ? `, ${deadLetters} kept as dead letters` : ''}, ${counted(rateLimit.made, 'call')}.`,
  );
}

/** A backfill starts no runs of a playbook. */
function noRun(): Promise<never> {
  return Promise.reject(new Error('A backfill starts no runs.'));
}
