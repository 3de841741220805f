import { describe, expect, it, jest } from '@jest/globals';
import type { Fault } from '../../lib/emulator/faults.js';
import type { SimulatedRun } from '../delivery/simulated-run.js';
import {
  HOUR_MS,
  ids,
  lists,
  MINUTE_MS,
  now,
  open,
  polled,
  simulation,
  throwInTurn,
  warnings,
} from './collection-stage.js';

jest.setTimeout(120_000);

const openWith = async (alerts: number, pageSize: number) => {
  await open({}, { pageSize });
  simulation.emulator.addGenerated({ count: alerts, seed: 3, from: now() - HOUR_MS, to: now() - MINUTE_MS });
};
const pagesRead = () => lists().map(({ page }) => page);
const earlyEnd = (page: number): Fault => ({ kind: 'early-end', page, times: 1 });
const said = (run: SimulatedRun) =>
  warnings(run).map((line) => line.replace(/2026-\S+ \S+ UTC/g, 'TIME').replace(/\d+ s;/, 'N s;'));
const sent = (rows: number, of: number | string, why = 'fewer rows than announced') =>
  `warning Lacework announced ${of} alerts for TIME to TIME and sent ${rows} (${why})`;
const expectEachOnce = (count: number) => {
  expect(new Set(ids()).size).toBe(count);
  expect(ids()).toHaveLength(count);
};

describe('A window of which one reading is not whole', () => {
  it('is read again at most three times; when no two agree the poll fails, and the next one begins again', async () => {
    await openWith(500, 100);
    throwInTurn(earlyEnd(1), earlyEnd(2), earlyEnd(3), earlyEnd(4));
    const run = await simulation.start();
    await polled(run);
    expect(pagesRead()).toEqual([...[1], ...[1, 2], ...[1, 2, 3], ...[1, 2, 3, 4], ...[1, 2, 3, 4, 5]]);
    expect(said(run)).toEqual([
      ...[100, 200, 300].map((rows) => `${sent(rows, 500)}; they are read again.`),
      "warning Lacework's pages for TIME to TIME held another number of alerts each of 4 times, and never as many as announced. The poll is made again in N s; nothing is lost.",
    ]);
    expectEachOnce(500);
  });

  it('is settled by a third reading that agrees with the first, and what it hid arrives later', async () => {
    await openWith(250, 100);
    throwInTurn(earlyEnd(1), earlyEnd(2), earlyEnd(1));
    const run = await simulation.start();
    await polled(run);
    expect(pagesRead()).toEqual([...[1], ...[1, 2], ...[1]]);
    expect(said(run)).toEqual([
      ...[100, 200].map((rows) => `${sent(rows, 250)}; they are read again.`),
      `${sent(100, 250)}; a second reading agreed, so the window counts as read.`,
    ]);
    await polled(run);
    expectEachOnce(250);
  });
});

describe('Pages that come again', () => {
  it('are passed over as long as they are few', async () => {
    await openWith(300, 50);
    simulation.emulator.faults.set({ kind: 'page-twice' });
    const run = await simulation.start();
    await polled(run);
    expect(pagesRead()).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6]);
    expect(said(run)).toEqual([]);
    expectEachOnce(300);
  });

  it('without an end and without a number of rows are given up after six, and said so', async () => {
    await openWith(250, 100);
    simulation.emulator.faults.set({ kind: 'endless-pages', announces: 'nothing' });
    const run = await simulation.start();
    await polled(run);
    expect(pagesRead()).toEqual(Array.from({ length: 14 }, () => 1));
    expect(said(run)).toEqual([
      `${sent(100, 'no number of', 'the pages do not end')}; they are read again.`,
      `${sent(100, 'no number of', 'the pages do not end')}; a second reading agreed, so the window counts as read.`,
    ]);
    simulation.emulator.faults.clear();
    await polled(run);
    expectEachOnce(250);
  });
});
