import type { Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import type { Window } from '../../window.js';

const KEY = 'backfilled';

const coveredSchema = z.object({ ranges: z.array(z.object({ from: z.number(), to: z.number() })) });

/** The ranges that backfills have settled, oldest first. */
export async function readCovered(storage: Storage): Promise<readonly Window[]> {
  return (await storage.get(KEY, coveredSchema))?.ranges ?? [];
}

/** Makes it durable that these ranges are settled. */
export async function saveCovered(storage: Storage, ranges: readonly Window[]): Promise<void> {
  await storage.set(KEY, { ranges });
}

/** The ranges with one more; those that touch are one. */
export function addRange(ranges: readonly Window[], added: Window): Window[] {
  const merged: Window[] = [];
  for (const range of [...ranges, added].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else merged.push(range);
  }
  return merged;
}

/** The parts of `wanted` that no range covers, oldest first. */
export function uncovered(wanted: Window, ranges: readonly Window[]): Window[] {
  const parts: Window[] = [];
  let from = wanted.from;
  for (const range of addRange(ranges, { from: wanted.to, to: wanted.to })) {
    if (range.from > from) parts.push({ from, to: Math.min(range.from, wanted.to) });
    from = Math.max(from, range.to);
    if (from >= wanted.to) break;
  }
  return parts;
}
