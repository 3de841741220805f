import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { buildEvent } from '../../normalizer/build-event.js';
import { writeEvent } from '../../normalizer/event-json.js';
import { DEFAULT_PROFILE, PROFILES, type Profile } from '../../normalizer/profiles.js';
import { readAlert } from '../../normalizer/read-alert.js';
import { EXIT } from '../exit-codes.js';
import { printable } from '../printable.js';
import { runCommand } from '../run-command.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { compareAlert, compareEvents, type DiffLine } from './compare.js';
import { parseExactly, writeExactly } from './exact-json.js';
import { type Replayed, takeAlert } from './take-alert.js';

interface ReplayOptions {
  readonly profile: Profile;
  readonly json?: boolean;
}

/** The command `replay`: what becomes of one alert. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Normalize one alert, and show it before and after.')
    .argument('<file>', 'an alert; an event whose message is one; or a dead letter: JSON')
    .addOption(new Option('--profile <profile>', 'the shape of the event').choices(PROFILES).default(DEFAULT_PROFILE))
    .addOption(new Option('--json', 'write {alert, event, differences} as JSON'))
    .addHelpText(
      'after',
      `
For an alert: - stands in its message alone, + is a field of the event, with the place it comes from.
For an event: - was in the file, + is made now; the exit code is 1 when they differ.

Examples:
  lacework-trigger replay alert.json
  lacework-trigger replay event.json --profile 2025-08`,
    )
    .action((file: string, options: ReplayOptions) =>
      runCommand(options, (terminal) => replay(file, options, terminal)),
    );
}

async function replay(file: string, { profile }: ReplayOptions, terminal: Terminal): Promise<number> {
  const replayed = takeAlert(await read(file), file);
  const { fields, oddities } = buildEvent(readAlert(replayed.text), { profile });
  const event = writeEvent(replayed.text, fields);
  const differences = compare(replayed, parseExactly(event));
  if (terminal.json) terminal.print(asJson(replayed, event, oddities, differences));
  else print(replayed, differences, oddities, terminal);
  return replayed.event !== undefined && differences.length > 0 ? EXIT.wrong : EXIT.done;
}

function compare({ text, event: before }: Replayed, event: unknown): DiffLine[] {
  return before === undefined ? compareAlert(parseExactly(text), event) : compareEvents(before, event);
}

/** Put together as text: no number of the alert's may be rounded. */
function asJson({ text }: Replayed, event: string, oddities: readonly string[], differences: readonly DiffLine[]) {
  const lines = differences.map(({ value, ...line }) => {
    const others = JSON.stringify(line);
    return `${others.slice(0, -1)},"value":${writeExactly(value)}}`;
  });
  const [alert, odd] = [JSON.stringify(text), JSON.stringify(oddities)];
  return `{"alert":${alert},"event":${event},"oddities":${odd},"differences":[${lines.join(',')}]}`;
}

function print(
  { event }: Replayed,
  differences: readonly DiffLine[],
  oddities: readonly string[],
  { print, paint }: Terminal,
): void {
  const heads =
    event === undefined ? ['the alert', 'the event'] : ['the event in the file', 'the event as it is made now'];
  print(paint('bad', `--- ${heads[0]}`));
  print(paint('good', `+++ ${heads[1]}`));
  for (const { sign, path, value, from } of differences) {
    const line = printable(`${sign} ${path}: ${writeExactly(value)}`);
    print(
      paint(sign === '-' ? 'bad' : 'good', line) + (from === undefined ? '' : paint('quiet', `  (${printable(from)})`)),
    );
  }
  if (differences.length === 0) print('They are the same.');
  for (const oddity of oddities) print(`${paint('warning', 'odd')}: ${oddity}`);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}
