import type { OpenedStorage } from '@sekoia/automation-sdk-ts';
import { CheckpointStore } from '../../collector/checkpoint.js';
import { listLetters } from '../../collector/kept-letters.js';
import { SeenAlerts } from '../../collector/seen-alerts.js';
import { counted } from '../../counted.js';
import { isoTime, readableTime } from '../../window.js';
import { readCovered } from '../backfill/covered-ranges.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

/** Prints what an earlier run of the trigger has left. */
export async function showState({ storage, files }: OpenedStorage, terminal: Terminal): Promise<number> {
  const checkpoints = new CheckpointStore(storage);
  const seen = new SeenAlerts(storage);
  const { checkpoint, damaged } = await checkpoints.load();
  const lost = await seen.load();
  const letters = await listLetters(files);
  const facts = {
    where: storage.description,
    floor: timeOf(checkpoint?.floor),
    sweptAt: timeOf(checkpoint?.sweptAt),
    sweepSettledUntil: timeOf(checkpoint?.sweep?.settledUntil),
    remembered: seen.size,
    runsOwed: (await storage.keys('runs/')).length,
    backfilled: (await readCovered(storage)).map(({ from, to }) => `${isoTime(from)}/${isoTime(to)}`),
    deadLetters: letters.length,
    deadLetterBytes: letters.reduce((sum, { bytes }) => sum + bytes, 0),
    damaged: [...damaged.map(({ setAsideAs }) => setAsideAs), ...lost.map(({ setAsideAs }) => setAsideAs)],
  };
  if (terminal.json) terminal.print(JSON.stringify(facts));
  else printFacts(facts, terminal);
  return facts.damaged.length === 0 ? EXIT.done : EXIT.wrong;
}

type Facts = Record<'floor' | 'sweptAt' | 'sweepSettledUntil', string | null> &
  Record<'remembered' | 'runsOwed' | 'deadLetters' | 'deadLetterBytes', number> & {
    readonly where: string;
    readonly backfilled: readonly string[];
    readonly damaged: readonly string[];
  };

function printFacts(facts: Facts, { print, paint }: Terminal): void {
  const line = (name: string, value: string, role = '') =>
    print(`${paint('bold', name.padEnd(14))}${paint(role, value)}`);
  line('where', facts.where);
  line('collected', describeCollected(facts));
  if (facts.sweepSettledUntil !== null) line('under way', `a longer history, settled until ${facts.sweepSettledUntil}`);
  line('remembered', counted(facts.remembered, 'delivered alert'));
  line('runs owed', `${facts.runsOwed}`);
  for (const range of facts.backfilled) line('backfilled', range.replace('/', ' to '));
  line('dead letters', `${facts.deadLetters}, ${(facts.deadLetterBytes / 1_000_000).toFixed(1)} MB`);
  for (const name of facts.damaged) line('damaged', `set aside as ${name}`, 'bad');
}

function describeCollected({ floor, sweptAt, damaged }: Facts): string {
  if (floor === null) {
    return damaged.length === 0
      ? 'nothing yet: the next start begins at start_time'
      : 'the record of it is damaged: the next start goes history_after_damage_hours back';
  }
  if (sweptAt === null) return `begins at ${floor}; no look over the whole of it is complete yet`;
  return `all that appeared until ${sweptAt}; nothing that began before ${floor} is read again`;
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : readableTime(ms);
}
