import { setTimeout as delay } from 'node:timers/promises';
import type { AcceptedEvent } from '../console/platform/intake.js';
import { counted } from '../counted.js';
import { seededRandom } from '../emulator/seeded-random.js';
import { addBelievable, addSamples, trickle } from './demo-alerts.js';
import { reportCounts } from './demo-counts.js';
import { type DemoStage, openDemoStage } from './demo-stage.js';
import { EventTable, readEvent } from './event-table.js';
import { logLine } from './log-line.js';
import type { Paint } from './paint.js';

const BELIEVABLE_AT_START = 9;
const FIRST_POLL_WITHIN_MS = 60_000;

/** How the demo runs. */
export interface DemoOptions {
  /** Ends after the first complete poll. */
  readonly once: boolean;
  /** Ends it from outside. */
  readonly signal: AbortSignal;
  /** Takes a line, without its end. */
  readonly print: (line: string) => void;
  readonly paint: Paint;
  /** The terminal's width in characters. */
  readonly width: number;
  readonly environment: NodeJS.ProcessEnv;
}

/** Shows the module at work on this machine alone; returns the exit code. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const { once, signal, print, paint, width, environment } = options;
  const table = new EventTable(width, paint);
  const random = seededRandom(Date.now());
  const events: AcceptedEvent[] = [];
  const stage = await openDemoStage({
    environment,
    fill(emulator) {
      addSamples(emulator, Date.now());
      for (let serial = 1; serial <= BELIEVABLE_AT_START; serial += 1)
        addBelievable(emulator, random, serial, Date.now());
      printHead(emulator.url, options);
    },
    onLogs: (entries) => {
      for (const entry of entries) print(logLine(entry, paint, width));
    },
    onEvents(accepted) {
      if (once) events.push(...accepted);
      else printEvents(accepted, table, options);
    },
  });

  const over = new AbortController();
  const stopTrickle = AbortSignal.any([signal, over.signal]);
  if (!once) void trickle(stage.emulator, random, BELIEVABLE_AT_START + 1, Date.now, stopTrickle);
  const ending = await Promise.race([
    stage.trigger.exit.then(() => 'exited' as const),
    untilAborted(signal).then(() => 'stopped' as const),
    ...(once
      ? [
          stage.polled.then(() => 'polled' as const),
          delay(FIRST_POLL_WITHIN_MS, undefined, { ref: false }).then(() => 'late' as const),
        ]
      : []),
  ]);
  over.abort();
  // The last lines of the trigger's log arrive while it stops.
  await stage.close();
  return conclude(ending, stage, events, table, options);
}

type Ending = 'exited' | 'stopped' | 'polled' | 'late';

function conclude(
  ending: Ending,
  { emulator, intake, stray }: DemoStage,
  events: readonly AcceptedEvent[],
  table: EventTable,
  options: DemoOptions,
): number {
  const { print, paint } = options;
  switch (ending) {
    case 'exited':
    case 'late':
      for (const line of stray) print(`  ${line}`);
      print('');
      print(
        `  ${paint('bad', ending === 'exited' ? 'The trigger ended by itself.' : 'No poll was complete within a minute.')}`,
      );
      return 1;
    case 'stopped':
      print('');
      print(`  Stopped. ${counted(intake.accepted, 'event')} forwarded; nothing is left behind.`);
      return 0;
    case 'polled': {
      printEvents(events, table, options);
      return reportCounts(
        {
          polled: emulator.listed,
          normalized: events.filter(({ text }) => readEvent(text)).length,
          forwarded: intake.accepted,
        },
        options,
      );
    }
  }
}

function printHead(url: string, { print, paint }: DemoOptions): void {
  print('');
  print(`  ${paint('bold', 'Fetch new logs from Lacework')}`);
  print('');
  print(
    `  A Lacework API is emulated at ${url}, with the documentation's seven alerts and ${BELIEVABLE_AT_START} more.`,
  );
  print('  The trigger polls it, normalizes each alert and forwards it to an intake on this machine.');
  print('');
  print(`  ${paint('bold', 'TRIGGER LOG')}`);
}

function printEvents(events: readonly AcceptedEvent[], table: EventTable, { print, paint }: DemoOptions): void {
  print('');
  print(`  ${paint('good', `${events.length} ${events.length === 1 ? 'event' : 'events'} accepted by the intake`)}`);
  print(table.heading());
  for (const { text } of events) {
    const event = readEvent(text);
    print(event ? table.row(event) : `  ${paint('bad', 'not a normalized event')}`);
  }
  print('');
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
