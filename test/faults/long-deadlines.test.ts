import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../lib/emulator/faults.js';
import { openStage, type StartOptions } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';
import { ALERTS, addOne, expectEachOnce, switchOn, throwAtProcess } from './thrown-faults.js';

const SPEED = 10;
const fastTime = fileURLToPath(new URL('fast-time.mjs', import.meta.url));
/** A trigger for which a minute takes six seconds. */
const fast = (configuration: Readonly<Record<string, unknown>> = {}): StartOptions => ({
  nodeOptions: ['--import', fastTime],
  configuration: { frequency: 5, ...configuration },
});
const TIMED_OUT = 'warning HOST did not answer in time (ETIMEDOUT). The page is asked for again.';
const REFUSED =
  'Lacework refuses the API key at HOST (status 401). Check keyId and secret in the account, or create a new API key in the Lacework console.';

describe('A fault that takes its time, and passes: every alert arrives once, and a person reads what happened', () => {
  it.concurrent.each<[string, Fault, string[]]>([
    [
      '429 that does not say for how long',
      { kind: 'too-many-requests', says: 'nothing', page: 2, times: 1 },
      [
        'warning Lacework allows no more calls until TIME (our guess: it did not say); collection then goes on where it was.',
      ],
    ],
    ['a call that is never answered', { kind: 'hang-before-headers', page: 2, times: 1 }, [TIMED_OUT]],
    ['an answer that stops in its middle', { kind: 'hang-mid-body', page: 2, times: 1 }, [TIMED_OUT]],
    ['an answer of a byte a second', { kind: 'slow-body', page: 2, times: 1 }, [TIMED_OUT]],
  ])(
    '%s',
    async (_, fault, expected) => {
      await throwAtProcess({ throwFaults: switchOn(fault), start: () => fast() }, ({ lines, arrived }) => {
        expect(lines).toEqual(expected);
        expectEachOnce(arrived, ALERTS);
      });
    },
    120_000,
  );

  it.concurrent('a key that is revoked for less than a minute', async () => {
    const revoke = switchOn({ kind: 'key-revoked', times: 3 });
    await throwAtProcess(
      {
        throwFaults: () => 1,
        afterFirstPoll: (stage) => {
          revoke(stage);
          addOne(stage);
        },
        start: () => fast(),
      },
      ({ lines, arrived }) => {
        expect(lines).toEqual([
          `warning ${REFUSED} The poll is made again in N s; nothing is lost.`,
          'info Lacework answers again after 2 failed polls in N s; what was missed is collected.',
        ]);
        expectEachOnce(arrived, ALERTS + 1);
      },
    );
  }, 120_000);
});

describe('Details that are never answered', () => {
  it.concurrent('are given up after 10 s each, and after three of them the alerts go out', async () => {
    await throwAtProcess(
      {
        throwFaults: switchOn({ kind: 'hang-before-headers', on: 'details' }),
        start: () => fast({ fetch_details: true }),
        afterFirstPoll: ({ emulator }) => emulator.faults.clear(),
      },
      ({ lines, arrived, stage }) => {
        expect(lines).toEqual([]);
        expectEachOnce(arrived, ALERTS);
        const calls = stage.emulator.calls.filter(({ called }) => called === 'details');
        expect(calls).toHaveLength(9);
        const gaps = calls.slice(1, 3).map(({ at }, index) => at - (calls[index]?.at ?? 0));
        for (const gap of gaps) {
          expect(gap).toBeGreaterThanOrEqual(10_000 / SPEED - 50);
          expect(gap).toBeLessThan(30_000 / SPEED);
        }
      },
    );
  }, 120_000);
});

describe('A key that stays revoked', () => {
  it.concurrent('is critical after a minute, and no call is made from then on', async () => {
    const stage = await openStage();
    try {
      const trigger = await stage.start(fast());
      await waitUntil('a poll', () => trigger.output().includes('"nothing_new"'));
      stage.emulator.faults.set({ kind: 'key-revoked' });
      const began = performance.now();
      await waitUntil('the critical line', () => stage.place.logs.some(({ level }) => level === 'critical'), 60_000);
      expect((performance.now() - began) * SPEED).toBeGreaterThanOrEqual(60_000);
      const calls = stage.emulator.calls.length;
      await delay(60_000 / SPEED);
      expect(stage.emulator.calls).toHaveLength(calls);
      const { host } = new URL(stage.emulator.url);
      const critical = stage.place.logs.filter(({ level }) => level === 'critical');
      expect(critical.map(({ message }) => message.replaceAll(host, 'HOST'))).toEqual([REFUSED]);
      await trigger.stop();
    } finally {
      await stage.close();
    }
  }, 120_000);
});
