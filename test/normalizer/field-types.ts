import { isIP } from 'node:net';
import { expect } from '@jest/globals';
import { FIELDS, type FieldRow } from '../../lib/normalizer/fields.js';
import type { EcsEvent } from '../../lib/normalizer/normalize-alert.js';

const ROWS: ReadonlyMap<string, FieldRow> = new Map(FIELDS.map((row) => [row.name, row]));

/** Sees that every field of the event is in the table, with a value of its type; returns their names. */
export function checkFields({ message, ...fields }: EcsEvent): string[] {
  expect(typeof message).toBe('string');
  const leaves = flatten(fields);
  for (const [name, value] of leaves) {
    const row = ROWS.get(name);
    if (row === undefined) throw new Error(`The field ${name} is not in the table.`);
    const values = row.list ? (value as unknown[]) : [value];
    expect(Array.isArray(value)).toBe(row.list === true);
    expect(values.length).toBeGreaterThan(0);
    for (const one of values) if (!isOfType(row, one)) throw new Error(`${name} is ${String(one)}, no ${row.type}.`);
  }
  return leaves.map(([name]) => name);
}

function flatten(object: object, path = ''): [string, unknown][] {
  return Object.entries(object).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flatten(value, `${path}${key}.`)
      : [[path + key, value]],
  );
}

function isOfType({ type }: FieldRow, value: unknown): boolean {
  if (type === 'long') return typeof value === 'bigint' || Number.isSafeInteger(value);
  if (type === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'string' || value === '') return false;
  if (type === 'ip') return isIP(value) !== 0;
  return type === 'keyword' || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z$/.test(value);
}
