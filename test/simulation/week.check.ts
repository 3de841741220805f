import { expect, it } from '@jest/globals';
import { seededRandom } from '../../lib/emulator/seeded-random.js';
import { openSimulation, type SimulatedRun, type Simulation } from '../delivery/simulated-run.js';
import { alertText } from '../helpers/alert-text.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ALERTS = 20_000;
const HOURS = 168;
const SEED = 20_260_131;

interface Change {
  readonly id: number;
  readonly at: number;
}

/** The week's alerts, a tenth of them late by up to 23 h, their ids in no order; answers which of them change, and when. */
function fill({ emulator }: Simulation, began: number): Change[] {
  const random = seededRandom(SEED);
  const ids = Array.from({ length: ALERTS }, (_, index) => 1_000_000 + index);
  for (let at = ids.length - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    [ids[at], ids[other]] = [ids[other] as number, ids[at] as number];
  }
  const changes: Change[] = [];
  for (const [index, id] of ids.entries()) {
    const appears = began + Math.floor((index * HOURS * HOUR_MS) / ALERTS);
    const late = index % 10 === 0 ? random.integer(23 * HOUR_MS) : 0;
    // On the hour, and after the first start's start_time.
    const start = Math.max(Math.floor((appears - late) / HOUR_MS) * HOUR_MS, began - 23 * HOUR_MS);
    emulator.add(alertText({ id, start }), { visibleAt: appears });
    if (index % 50 === 1) changes.push({ id, at: appears + random.integer((HOURS / 8) * HOUR_MS) });
  }
  return changes.sort((a, b) => a.at - b.at);
}

it('A week of 20,000 alerts with outages of up to 60 h and two restarts: none is lost, none comes twice, and the budget is kept', async () => {
  const simulation = await openSimulation({
    configuration: { frequency: 300, forward_updates: true },
    emulator: { order: { shuffled: 3 } },
  });
  try {
    const { clock, emulator, intake } = simulation;
    const began = clock.now();
    const changes = fill(simulation, began);
    let changed = 0;
    const makeChanges = () => {
      while ((changes[0]?.at ?? Number.POSITIVE_INFINITY) <= clock.now()) {
        emulator.change(changes.shift()?.id ?? 0, { status: 'Closed' });
        changed += 1;
      }
    };
    const runTo = async (hour: number) => {
      for (let at = clock.now(); at < began + hour * HOUR_MS; at = clock.now()) {
        await clock.runUntil('half an hour', () => clock.now() >= at + HOUR_MS / 2, HOUR_MS, 100_000);
        makeChanges();
      }
    };
    const stayAway = async (run: SimulatedRun, hours: number) => {
      expect(await run.stop()).toBe(0);
      for (let hour = 0; hour < hours; hour++) {
        await clock.advance(HOUR_MS);
        makeChanges();
      }
      return simulation.start();
    };

    let run = await simulation.start();
    await runTo(14);
    emulator.faults.set({ kind: 'status', status: 503, on: 'any' });
    await runTo(20);
    emulator.faults.clear();
    await runTo(28);
    run = await stayAway(run, 60);
    await runTo(98);
    run = await stayAway(run, 50);
    await runTo(HOURS);
    // The last hour's changes are seen by the next sweep.
    makeChanges();
    await clock.runUntil('one more sweep', () => clock.now() >= began + (HOURS + 1) * HOUR_MS, 2 * HOUR_MS, 100_000);
    expect(await run.stop()).toBe(0);

    const arrived = new Map<string, number>();
    for (const { text } of intake.events) {
      const { id, status } = JSON.parse(text).lacework.cloud_security.alert;
      arrived.set(`${id} ${status}`, (arrived.get(`${id} ${status}`) ?? 0) + 1);
    }
    const ids = new Set([...arrived.keys()].map((key) => key.split(' ')[0]));
    expect(ALERTS - ids.size).toBe(0);
    expect(changed).toBeGreaterThan(ALERTS / 60);
    expect([...arrived.keys()].filter((key) => key.endsWith('Closed'))).toHaveLength(changed);
    expect([...arrived].filter(([, count]) => count > 1)).toEqual([]);

    const times = emulator.calls.map(({ at }) => at);
    let most = 0;
    for (let first = 0, last = 0; last < times.length; last++) {
      while ((times[first] as number) <= (times[last] as number) - HOUR_MS) first += 1;
      most = Math.max(most, last - first + 1);
    }
    console.log(
      `${HOURS} simulated hours, ${ALERTS} alerts: ${times.length} calls, at most ${most} in any hour; seed ${SEED}.`,
    );
    expect(most).toBeLessThanOrEqual(480);
    expect(times.length).toBeLessThan(4000);
  } finally {
    await simulation.close();
  }
}, 1_200_000);
