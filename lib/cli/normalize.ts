import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { DEFAULT_PROFILE, PROFILES, type Profile } from '../normalizer/profiles.js';
import { EXIT } from './exit-codes.js';
import { normalizeLines } from './normalize-lines.js';

/** The command `normalize`: alerts, one a line, become events, one a line. */
export function normalizeCommand(): Command {
  return new Command('normalize')
    .description('Turn Lacework alerts, one JSON object a line, into ECS events, one a line.')
    .argument('[file]', 'the alerts; without it, they are read from the standard input')
    .addOption(new Option('--profile <profile>', 'the shape of the events').choices(PROFILES).default(DEFAULT_PROFILE))
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
    .action(async (file: string | undefined, { profile }: { profile: Profile }) => {
      process.exitCode = await normalizeStream(file, profile);
    });
}

async function normalizeStream(file: string | undefined, profile: Profile): Promise<number> {
  const oddities = new Map<string, number>();
  let exitCode: number = EXIT.done;
  const input = file === undefined ? process.stdin : createReadStream(file);
  const events = normalizeLines(input, {
    profile,
    onBadLine(sentence) {
      exitCode = EXIT.wrong;
      process.stderr.write(`${sentence}\n`);
    },
    onOddity: (oddity) => oddities.set(oddity, (oddities.get(oddity) ?? 0) + 1),
  });
  try {
    await pipeline(events, process.stdout, { end: false });
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    // Who reads the events, `head` for one, has enough of them.
    if (code === 'EPIPE') return exitCode;
    if (syscall === undefined) throw error;
    process.stderr.write(`The alerts cannot be read: ${message}.\n`);
    return EXIT.usage;
  }
  for (const [oddity, count] of oddities)
    process.stderr.write(`${count} ${count === 1 ? 'alert' : 'alerts'}: ${oddity}.\n`);
  return exitCode;
}
