import { createReadStream } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { counted } from '../counted.js';
import { DEFAULT_PROFILE, PROFILES, type Profile } from '../normalizer/profiles.js';
import { EXIT } from './exit-codes.js';
import { normalizeLines } from './normalize-lines.js';
import { runCommand } from './run-command.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

interface NormalizeOptions {
  readonly profile: Profile;
  readonly json?: boolean;
}

/** The command `normalize`: alerts, one a line, become events, one a line. */
export function normalizeCommand(): Command {
  return new Command('normalize')
    .description('Turn Lacework alerts, one JSON object a line, into ECS events, one a line.')
    .argument('[file]', 'the alerts; without it, they are read from the standard input')
    .addOption(new Option('--profile <profile>', 'the shape of the events').choices(PROFILES).default(DEFAULT_PROFILE))
    .option('--json', 'write messages as JSON, for machines')
    .addHelpText(
      'after',
      `
A line that is no JSON is named on the standard error and left out; the exit code is then 1.
What was odd about alerts that were converted all the same is counted there at the end.
A file that cannot be read ends it with exit code 2.

Examples:
  lacework-trigger normalize alerts.ndjson > events.ndjson
  lacework-trigger normalize --profile 2025-08 < alerts.ndjson`,
    )
    .action((file: string | undefined, options: NormalizeOptions) =>
      runCommand(options, (terminal) => normalizeStream(file, options.profile, terminal)),
    );
}

async function normalizeStream(
  file: string | undefined,
  profile: Profile,
  { signal, tell }: Terminal,
): Promise<number> {
  const oddities = new Map<string, number>();
  let exitCode: number = EXIT.done;
  const input = addAbortSignal(signal, file === undefined ? process.stdin : createReadStream(file));
  const events = normalizeLines(input, {
    profile,
    onBadLine(sentence) {
      exitCode = EXIT.wrong;
      tell('error', 'line_left_out', sentence);
    },
    onOddity: (oddity) => oddities.set(oddity, (oddities.get(oddity) ?? 0) + 1),
  });
  try {
    await pipeline(events, process.stdout, { end: false });
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (signal.aborted || syscall === undefined) throw error;
    throw new UsageError(`The alerts can't be read: ${message}.`);
  }
  for (const [oddity, count] of oddities) tell('warning', 'odd_alerts', `${counted(count, 'alert')}: ${oddity}.`);
  return exitCode;
}
