import { flatten } from './flatten.js';

/** One line of a comparison. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly path: string;
  readonly value: unknown;
  /** Where a value of the event comes from, when it is found as it is in the alert. */
  readonly from?: string;
}

/** What differs between two events, by path; what is the same is left out. */
export function compareEvents(before: unknown, after: unknown): DiffLine[] {
  const [old, now] = [flatten(before), flatten(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path): DiffLine[] => {
    if (JSON.stringify(old.get(path)) === JSON.stringify(now.get(path))) return [];
    return [
      ...(old.has(path) ? [{ sign: '-' as const, path, value: old.get(path) }] : []),
      ...(now.has(path) ? [{ sign: '+' as const, path, value: now.get(path) }] : []),
    ];
  });
}

/**
 * An alert beside its event: what the event gains (+), with the place in the alert where a value stands as it is; and what of
 * the alert is in the event's `message` alone (-).
 */
export function compareAlert(alert: unknown, event: unknown): DiffLine[] {
  const before = flatten(alert);
  const places = new Map([...before].map(([path, value]) => [String(value), path]));
  const gained = [...flatten(event)]
    .filter(([path]) => path !== 'message')
    .map(([path, value]): DiffLine => {
      const from = places.get(String(value));
      return { sign: '+', path, value, ...(from === undefined ? {} : { from }) };
    });
  const carried = new Set(gained.map(({ from }) => from));
  const left = [...before]
    .filter(([path]) => !carried.has(path))
    .map(([path, value]): DiffLine => ({ sign: '-', path, value }));
  return [...left, ...gained];
}
