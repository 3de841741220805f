import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';
import { openSimulation, type SimulatedRun, type Simulation } from '../delivery/simulated-run.js';
import { alertText } from '../helpers/alert-text.js';
import { root } from './pages.js';
import { type AlertRule, firedAlerts } from './prometheus/alerts.js';
import { evaluate } from './prometheus/evaluate.js';
import { readScrape, type Scrape } from './prometheus/scrapes.js';

jest.setTimeout(240_000);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TARGET = { job: 'lacework-trigger', instance: 'trigger:8020' };
const rules: AlertRule[] = parse(readFileSync(join(root, 'docs/examples/prometheus-rules.yaml'), 'utf8')).groups[0]
  .rules;

let simulation: Simulation;
let run: SimulatedRun;
let scrapes: Scrape[];
let nextId: number;
beforeEach(async () => {
  simulation = await openSimulation({ configuration: { frequency: 60 } });
  scrapes = [];
  nextId = 1;
});
afterEach(() => simulation.close());

const seconds = () => simulation.clock.now() / 1000;

/** Scrapes each minute for so long, while `eachHour` happens at the start of each hour. */
async function watch(ms: number, eachHour: () => void = () => undefined): Promise<void> {
  const { clock } = simulation;
  for (let minute = 0; minute < ms / MINUTE_MS; minute += 1) {
    if (minute % 60 === 0) eachHour();
    let isOver = false;
    void clock.sleep(MINUTE_MS).then(() => {
      isOver = true;
    });
    await clock.runUntil('a minute', () => isOver, 2 * MINUTE_MS);
    scrapes.push(readScrape(seconds(), await run.scrape().catch(() => undefined), TARGET));
  }
}

/** An alert as Lacework has them: published an hour and a half after its start, or later. */
function publish(lateMs = 1.5 * HOUR_MS, type = 'NewUser'): void {
  simulation.emulator.add(alertText({ id: nextId++, start: simulation.clock.now() - lateMs, type }));
}

/** What has fired since the first scrape. */
const fired = () => firedAlerts(rules, scrapes, scrapes[0]?.at ?? 0, seconds());

describe('Of the alert rules', () => {
  it('none fires while alerts come as they usually do, nor in the quiet hours after them', async () => {
    run = await simulation.start();
    await watch(4 * HOUR_MS, publish);
    expect(await run.metric('collected_events_total')).toBe(4);
    expect(fired()).toEqual([]);
    await watch(6 * HOUR_MS);
    expect(fired()).toEqual([]);
  });

  it('LaceworkTriggerGone fires when nothing answers, and when nothing is asked', async () => {
    run = await simulation.start();
    await watch(10 * MINUTE_MS);
    expect(fired()).toEqual([]);
    expect(await run.stop()).toBe(0);
    await watch(10 * MINUTE_MS);
    expect(fired()).toEqual(['LaceworkTriggerGone']);
    expect(firedAlerts(rules, [], 0, 600)).toEqual(['LaceworkTriggerGone']);
  });

  it('LaceworkTriggerStopped fires after a critical line', async () => {
    simulation.emulator.faults.set({ kind: 'key-revoked' });
    run = await simulation.start();
    await watch(30 * MINUTE_MS);
    expect(run.lines.at(-1)).toMatchObject({ level: 'critical' });
    // That no poll has succeeded is true as well.
    expect(fired()).toEqual(['LaceworkNoPoll', 'LaceworkTriggerStopped']);
  });

  it('LaceworkNoPoll and LaceworkErrors fire when Lacework is down', async () => {
    run = await simulation.start();
    await watch(20 * MINUTE_MS, publish);
    simulation.emulator.faults.set({ kind: 'status', status: 503, on: 'any' });
    await watch(25 * MINUTE_MS);
    expect(fired()).toEqual(['LaceworkErrors']);
    await watch(20 * MINUTE_MS);
    expect(fired()).toEqual(['LaceworkErrors', 'LaceworkNoPoll']);
  });

  it('LaceworkEventsWait fires when the intake is down, and LaceworkLag when it stays so', async () => {
    run = await simulation.start();
    await watch(20 * MINUTE_MS, publish);
    simulation.intake.faults.set({ kind: 'status', status: 503 });
    publish();
    await watch(18 * MINUTE_MS);
    expect(fired()).toEqual(['LaceworkErrors', 'LaceworkEventsWait']);
    await watch(7 * HOUR_MS);
    expect(fired()).toContain('LaceworkLag');
  });

  it('LaceworkLag fires when Lacework publishes late', async () => {
    run = await simulation.start();
    await watch(4 * HOUR_MS, () => publish(6 * HOUR_MS));
    expect(fired()).toEqual(['LaceworkLag']);
  });

  it('LaceworkLag does not fire for late alerts among others, nor for one alone', async () => {
    run = await simulation.start();
    await watch(HOUR_MS, () => publish(6 * HOUR_MS));
    await watch(3 * HOUR_MS);
    await watch(4 * HOUR_MS, () => {
      publish(9 * HOUR_MS);
      publish();
    });
    expect(fired()).toEqual([]);
  });

  it('LaceworkDeadLetters fires when the intake refuses an event', async () => {
    simulation.intake.faults.set({ kind: 'event-errors', containing: 'RefuseMe', status: 422 });
    run = await simulation.start();
    await watch(20 * MINUTE_MS, publish);
    expect(fired()).toEqual([]);
    publish(HOUR_MS, 'RefuseMe');
    await watch(5 * MINUTE_MS);
    expect(fired()).toContain('LaceworkDeadLetters');
  });

  it('LaceworkBudget fires when others use up the calls of the account', async () => {
    await simulation.close();
    simulation = await openSimulation({ configuration: { frequency: 60 }, emulator: { rateLimitPerHour: 24 } });
    run = await simulation.start();
    await watch(40 * MINUTE_MS);
    expect(fired()).toContain('LaceworkBudget');
  });

  it('every one has a case here', () => {
    const text = readFileSync(new URL(import.meta.url), 'utf8');
    expect(
      rules
        .map(({ alert }) => alert)
        .filter((alert) => !text.includes(`it('${alert}`) && !text.includes(`and ${alert} `)),
    ).toEqual([]);
  });
});

describe('The evaluator', () => {
  const scrape = (at: number, text: string) => readScrape(at, text, TARGET);
  const values = (expression: string, scrapes: readonly Scrape[], at: number) => {
    const value = evaluate(expression, { at, scrapes });
    return typeof value === 'number' ? value : value.map((sample) => sample.value);
  };
  const counted = [
    scrape(0, 'a{x="1"} 5\na{x="2"} 1'),
    scrape(60, 'a{x="1"} 7\na{x="2"} 1'),
    scrape(120, 'a{x="1"} 2\n'),
  ];

  it.each([
    ['4 * 3600', 14_400],
    ['time() - 20', 100],
    ['a', [2]],
    ['a{x="2"}', []],
    ['a == 2', [2]],
    ['a > 2', []],
    ['absent(b)', [1]],
    ['absent(a)', []],
    ['increase(a{x="1"}[3m])', [4]],
    ['increase(a{x="2"}[3m])', [0]],
    ['increase(a[1m])', []],
    ['rate(a{x="1"}[2m]) > 0', [2 / 120]],
    ['min_over_time(a{x="1"}[3m])', [2]],
    ['min_over_time((a{x="1"} > 2)[3m:1m]) > 4', [5]],
    ['min_over_time((a > 9)[3m:1m])', []],
    ['up == 1 and on (instance) a > 1', [1]],
    ['up == 1 and a > 1', []],
    ['up == 0 or a', [2]],
  ])('reads %s as Prometheus does', (expression, value) => {
    expect(values(expression, counted, 120)).toEqual(value);
  });

  it('forgets a target that is no longer scraped after five minutes', () => {
    expect(values('a', counted, 420)).toEqual([2]);
    expect(values('a', counted, 421)).toEqual([]);
  });

  it('refuses what it does not know', () => {
    expect(() => evaluate('sum(a)', { at: 0, scrapes: [] })).toThrow('The evaluator does not know');
    expect(() => evaluate('a{x=~"1"}', { at: 120, scrapes: counted })).toThrow('The evaluator does not know x=~"1".');
  });
});
