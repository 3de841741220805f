import { expect } from '@jest/globals';
import type { EmulatorOptions } from '../../lib/emulator/emulator.js';
import type { Fault } from '../../lib/emulator/faults.js';
import { alertText } from '../helpers/alert-text.js';
import { openStage, type Stage, type StartOptions } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

/** How many alerts the account holds, and how many a page. */
export const ALERTS = 250;
const PAGE_SIZE = 100;

/** What came of a fault. */
export interface Outcome {
  /** The lines of the trigger log above info, and that of the recovery, with the host's name for its address. */
  readonly lines: string[];
  /** How often each alert arrived: from the id to a number. */
  readonly arrived: ReadonlyMap<string, number>;
  readonly stage: Stage;
}

export interface ThrowOptions {
  /** Switches on what is to happen; answers how many alerts there are beyond the usual ones. */
  readonly throwFaults: (stage: Stage) => Promise<number> | number | Promise<void> | void;
  /** Called when the first poll has ended, for faults that begin then, or stay until then. */
  readonly afterFirstPoll?: (stage: Stage) => unknown;
  /** Called when a poll has failed; after `afterFirstPoll`, where there is one. */
  readonly afterFirstFailure?: (stage: Stage) => unknown;
  readonly emulator?: Partial<EmulatorOptions>;
  /** Put over the usual start. */
  readonly start?: (stage: Stage) => StartOptions;
}

/** Throws faults at the running process, and waits until every alert has arrived and one more poll has found nothing new. */
export async function throwAtProcess<T>(options: ThrowOptions, look: (outcome: Outcome) => T | Promise<T>): Promise<T> {
  const stage = await openStage({
    emulator: { pageSize: PAGE_SIZE, rateLimitPerHour: 1_000_000, ...options.emulator },
  });
  try {
    const now = Date.now();
    stage.emulator.addGenerated({
      count: ALERTS,
      seed: 7,
      from: now - 90 * 60_000,
      to: now - 5 * 60_000,
      shuffledIds: true,
      onTheHour: false,
    });
    const more = (await options.throwFaults(stage)) ?? 0;
    const start = options.start?.(stage) ?? {};
    const trigger = await stage.start({
      ...start,
      configuration: { ratelimit_per_hour: 100_000, start_time: '24', ...start.configuration },
    });
    const ends = () => trigger.output().split(/"(?:poll_ended|nothing_new)"/).length - 1;
    if (options.afterFirstPoll !== undefined) {
      await waitUntil('the end of a poll', () => ends() > 0, 60_000);
      await options.afterFirstPoll(stage);
    }
    if (options.afterFirstFailure !== undefined) {
      await waitUntil('a poll that fails', () => /"(first_)?poll_failed"/.test(trigger.output()), 60_000);
      await options.afterFirstFailure(stage);
    }
    await waitUntil('all alerts', () => stage.intake.accepted >= ALERTS + more, 60_000);
    const before = ends();
    await waitUntil('another poll', () => ends() >= before + 2, 60_000);
    await trigger.stop();
    return await look({ lines: linesOf(stage, start), arrived: countArrived(stage), stage });
  } finally {
    await stage.close();
  }
}

function linesOf(stage: Stage, { account }: StartOptions): string[] {
  const { host } = new URL(String(account?.['account'] ?? stage.emulator.url));
  return stage.place.logs
    .filter(({ level, message }) => !['debug', 'info'].includes(level) || message.startsWith('Lacework answers again'))
    .map(({ level, message }) => `${level} ${message.replaceAll(host, 'HOST')}`)
    .filter((line) => !line.includes('is on no mounted volume'))
    .map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'TIME').replace(/\b\d+ s\b/g, 'N s'));
}

function countArrived({ intake }: Stage): Map<string, number> {
  const arrived = new Map<string, number>();
  for (const { text } of intake.events) {
    const event = JSON.parse(text);
    const id = String(event.lacework?.cloud_security.alert.id ?? event.message);
    arrived.set(id, (arrived.get(id) ?? 0) + 1);
  }
  return arrived;
}

/** The faults, thrown as they are. */
export function switchOn(...faults: readonly Fault[]): (stage: Stage) => void {
  return ({ emulator }) => {
    for (const fault of faults) emulator.faults.set(fault);
  };
}

/** Adds an alert to the usual ones. */
export function addOne({ emulator }: Stage): void {
  emulator.add(alertText({ id: 1, start: Date.now() - 60_000 }));
}

/** Each of so many alerts has arrived, none of them twice. */
export function expectEachOnce(arrived: ReadonlyMap<string, number>, alerts: number): void {
  expect([...arrived].filter(([, count]) => count !== 1)).toEqual([]);
  expect(arrived.size).toBe(alerts);
}
