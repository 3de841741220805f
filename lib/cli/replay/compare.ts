import { writeExactly } from './exact-json.js';
import { flatten } from './flatten.js';
import { isRead, originsOf } from './origins.js';

/** One line of a comparison. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly path: string;
  readonly value: unknown;
  /** Where in the alert a value of the event was read, when that can be only one place. */
  readonly from?: string;
}

/** What differs between two events, by path; what is the same is left out. */
export function compareEvents(before: unknown, after: unknown): DiffLine[] {
  const [old, now] = [flatten(before), flatten(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path): DiffLine[] => {
    if (writeExactly(old.get(path)) === writeExactly(now.get(path))) return [];
    return [
      ...(old.has(path) ? [{ sign: '-' as const, path, value: old.get(path) }] : []),
      ...(now.has(path) ? [{ sign: '+' as const, path, value: now.get(path) }] : []),
    ];
  });
}

/**
 * An alert beside its event: what the event gains (+), with the one place in the alert that it was read from; and what of the
 * alert is in the event's `message` alone (-).
 */
export function compareAlert(alert: unknown, event: unknown): DiffLine[] {
  const before = [...flatten(alert)];
  const taken = new Set<string>();
  const gained = [...flatten(event)]
    .filter(([path]) => path !== 'message')
    .map(([path, value]): DiffLine => {
      const origins = originsOf(path, value, before);
      for (const origin of origins) taken.add(origin);
      const [from, another] = origins;
      return { sign: '+', path, value, ...(from === undefined || another !== undefined ? {} : { from }) };
    });
  const left = before
    .filter(([path]) => !isRead(path) && !taken.has(path))
    .map(([path, value]): DiffLine => ({ sign: '-', path, value }));
  return [...left, ...gained];
}
