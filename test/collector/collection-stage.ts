import { afterEach } from '@jest/globals';
import type { EmulatorOptions } from '../../lib/emulator/emulator.js';
import type { Fault } from '../../lib/emulator/faults.js';
import { openSimulation, type SimulatedRun, type Simulation } from '../delivery/simulated-run.js';
import { type AlertFacts, alertText } from '../helpers/alert-text.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The simulation of the test that runs, opened by `open` and closed after it. */
export let simulation: Simulation;
afterEach(() => simulation.close());

export async function open(
  configuration: Readonly<Record<string, unknown>> = {},
  emulator: Partial<EmulatorOptions> = {},
): Promise<void> {
  simulation = await openSimulation({ configuration: { frequency: 300, ...configuration }, emulator });
}

export const now = () => simulation.clock.now();

/** Adds an alert that began so many hours ago. */
export const add = (facts: Omit<AlertFacts, 'start'> & { readonly hoursAgo: number }, visibleInMs = 0) => {
  const { hoursAgo, ...rest } = facts;
  const options = { visibleAt: now() + visibleInMs };
  return simulation.emulator.add(alertText({ ...rest, start: now() - hoursAgo * HOUR_MS }), options);
};

export const pass = (ms: number) => {
  const end = now() + ms;
  return simulation.clock.runUntil(`${ms} ms`, () => now() >= end, ms + HOUR_MS, 100_000);
};

/** Resolves when the run has said so, once more than before. */
export const said = (run: SimulatedRun, code: string, withinMs = DAY_MS) => {
  const count = () => run.lines.filter((line) => line.code === code).length;
  const before = count();
  return simulation.clock.runUntil(code, () => count() > before, withinMs, 100_000);
};

/** Resolves when so many polls have succeeded. */
export const polled = (run: SimulatedRun, polls = 1) => {
  const count = () => run.lines.filter(({ code }) => code === 'poll_ended' || code === 'nothing_new').length;
  const before = count();
  return simulation.clock.runUntil('a poll', () => count() >= before + polls, DAY_MS, 100_000);
};

/** Switches each fault on when the one before has struck as often as it may. */
export const throwInTurn = (...faults: readonly Fault[]): void => {
  const [first, ...rest] = faults;
  if (first !== undefined) simulation.emulator.faults.set(first, () => throwInTurn(...rest));
};

export const events = () => simulation.intake.events.map(({ text }) => JSON.parse(text));
/** The ids of the events that have arrived, in order. */
export const ids = () => events().map((event) => Number(event.lacework.cloud_security.alert.id));
export const lists = () => simulation.emulator.calls.filter(({ called }) => called === 'list');
/** From when on a call of the list asks, in milliseconds since 1970. */
export const askedFrom = ({ path, search }: ReturnType<typeof lists>[number]) => {
  const [from = ''] = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/.exec(decodeURIComponent(search ?? path)) ?? [];
  return Date.parse(from);
};
/** What was said above info. */
export const warnings = (run: SimulatedRun) =>
  run.lines
    .filter(({ level, message }) => level !== 'debug' && level !== 'info' && !message.includes('on no mounted volume'))
    .map(({ level, message }) => `${level} ${message.replaceAll(new URL(simulation.emulator.url).host, 'HOST')}`);
