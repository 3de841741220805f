import { Command } from 'commander';
import { type BackfillOptions, parseRange, withRange } from '../range/options.js';
import { runCommand } from '../run-command.js';
import { backfillRange } from './backfill-range.js';

/** The command `backfill`: the alerts of a range into the intake. */
export function backfillCommand(): Command {
  return withRange(new Command('backfill'))
    .description('Forward the alerts of a range to the intake; those that are remembered as delivered are skipped.')
    .option('--again', 'read ranges that an earlier backfill has settled once more')
    .option('--wait', 'while the trigger works on the state, wait until it ends')
    .addHelpText(
      'after',
      `
The range is settled day by day. After Ctrl-C, or a failure, the same command goes on where it was. Stop the trigger
first: it and a backfill do not work on the state at the same time. Run check before: an intake that takes nothing for a
while is waited for; one that refuses its key, or is not at its address (404), ends the command with exit code 4.

Examples:
  lacework-trigger backfill --from 2026-01-01 --to 2026-01-08 --key-file key.json
  lacework-trigger backfill --from 30d --config config.json --json`,
    )
    .action((options: BackfillOptions) =>
      runCommand(options, (terminal) => backfillRange(parseRange(options, Date.now()), options, terminal)),
    );
}
