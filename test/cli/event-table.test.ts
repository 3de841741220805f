import { expect, it } from '@jest/globals';
import { EventTable, readEvent } from '../../lib/cli/event-table.js';
import { logLine } from '../../lib/cli/log-line.js';
import { paintFor } from '../../lib/cli/paint.js';
import { readOutput } from '../../lib/cli/read-output.js';
import { readSamples } from '../helpers/samples.js';

const plain = (_: string, text: string) => text;

it('shows a normalized event in columns that end where the heading ends', () => {
  const table = new EventTable(100, plain);
  const rows = readSamples().map((sample) => {
    const event = readEvent(JSON.stringify(sample));
    if (!event) throw new Error('The sample is not readable.');
    return table.row(event);
  });
  expect(new Set([table.heading(), ...rows].map(({ length }) => length))).toEqual(new Set([100]));
  expect(rows[1]).toMatch(
    /^ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}Info {6}UsageOfRootAccount {7}0123456789 {6}0123456789 +96$/,
  );
  expect(rows[2]).toContain('AROAUR6F6MOZQBRKBX6RG:…');
});

it('neither obeys nor hides what an alert says to a terminal', () => {
  const event = readEvent(
    JSON.stringify({ event: { kind: 'alert', code: '\u001b[2J\u202eevil\nline' }, user: { name: '\u0007bell' } }),
  );
  if (!event) throw new Error('The event is not readable.');
  expect(new EventTable(120, plain).row(event)).toMatch(/·\[2J·evil·line {2,}·bell/);
});

it.each(['{', '"text"', '{"message":"raw"}', '{"event":{"kind":"event"}}'])(
  'takes %s for no normalized event',
  (json) => {
    expect(readEvent(json)).toBeUndefined();
  },
);

it('shows a log entry in the local time, wrapped under its beginning', () => {
  const date = '2026-01-31T09:30:15.123456';
  const local = new Date(`${date}Z`).toTimeString().slice(0, 8);
  expect(logLine({ date, level: 'warning', message: 'One two three four five six seven eight nine.' }, plain, 62)).toBe(
    `  ${local}  warning   One two three four five six seven eight\n${' '.repeat(22)}nine.`,
  );
});

it('colours severities on a terminal only, and not when asked not to', () => {
  const terminal = { isTTY: true } as NodeJS.WriteStream;
  const file = { isTTY: false } as NodeJS.WriteStream;
  expect(paintFor(terminal, {})('high', 'High')).toBe('\u001b[31mHigh\u001b[39m');
  expect(paintFor(terminal, {})('unheard-of', 'text')).toBe('text');
  expect(paintFor(terminal, { NO_COLOR: '1' })('high', 'High')).toBe('High');
  expect(paintFor(file, {})('high', 'High')).toBe('High');
});

it('finds the codes of messages in output that comes in pieces', () => {
  const codes: string[] = [];
  const stray: string[] = [];
  const read = readOutput({ onCode: (code) => codes.push(code), onStray: (line) => stray.push(line) });
  for (const piece of ['{"code":"sta', 'rted"}\nError: no\n{"co', 'de":"poll_ended"}\n', 'unfinished']) read(piece);
  expect([codes, stray]).toEqual([['started', 'poll_ended'], ['Error: no']]);
});
