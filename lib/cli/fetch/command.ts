import { Command } from 'commander';
import { type FetchOptions, parseRange, withRange } from '../range/options.js';
import { runCommand } from '../run-command.js';
import { fetchRange } from './fetch-range.js';

/** The command `fetch`: the alerts of a range as events, on the standard output; nothing is stored or sent. */
export function fetchCommand(): Command {
  return withRange(new Command('fetch'))
    .description(
      'Write the events of a range to the standard output, one a line. The state and the intake are not touched.',
    )
    .option('--dry-run', 'write no events, only what they come to')
    .option('--details', 'fetch the details of each alert, as far as the API budget allows')
    .addHelpText(
      'after',
      `
Examples:
  lacework-trigger fetch --from 24h --key-file key.json > events.ndjson
  lacework-trigger fetch --from 2026-01-01 --to 2026-01-08 --dry-run --key-file key.json`,
    )
    .action((options: FetchOptions) =>
      runCommand(options, (terminal) => fetchRange(parseRange(options, Date.now()), options, terminal)),
    );
}
