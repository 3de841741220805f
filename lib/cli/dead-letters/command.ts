import { Command } from 'commander';
import { parseTime, TIME_FORMS } from '../parse-time.js';
import { runCommand } from '../run-command.js';
import { type SettingsOptions, withData, withSettings } from '../settings/options.js';
import { withDataPath } from '../workplace.js';
import { printLetters, showLetter } from './print-letters.js';
import { purgeLetters } from './purge-letters.js';
import { replayLetters } from './replay-letters.js';

/** The command `dead-letters`: what the intake would not take. */
export function deadLettersCommand(): Command {
  return new Command('dead-letters')
    .description('Look at, send again or delete the events that the intake would not take.')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(replayCommand())
    .addCommand(purgeCommand())
    .addHelpText(
      'after',
      `
Examples:
  lacework-trigger dead-letters list
  lacework-trigger dead-letters replay --all
  lacework-trigger dead-letters purge --older-than 90d`,
    );
}

function listCommand(): Command {
  return withData(new Command('list'))
    .description('List the dead letters, oldest first.')
    .addHelpText(
      'after',
      '\nExamples:\n  lacework-trigger dead-letters list\n  lacework-trigger dead-letters list --json',
    )
    .action((options: SettingsOptions) =>
      runCommand(options, (terminal) => withDataPath(terminal, options, (files) => printLetters(files, terminal))),
    );
}

function showCommand(): Command {
  return withData(new Command('show'))
    .description("Show one dead letter: what became of it, and its event's exact text.")
    .argument('<id>', 'as dead-letters list shows it')
    .addHelpText('after', '\nExamples:\n  lacework-trigger dead-letters show 20260131-093000123-000000-12345-1830')
    .action((id: string, options: SettingsOptions) =>
      runCommand(options, (terminal) => withDataPath(terminal, options, (files) => showLetter(files, id, terminal))),
    );
}

function replayCommand(): Command {
  return withSettings(new Command('replay'))
    .description('Send dead letters to the intake again; those that it takes are deleted here.')
    .argument('[id...]', 'as dead-letters list shows them')
    .option('--all', 'all that the intake refused; not those that it may have stored (unconfirmed)')
    .addHelpText(
      'after',
      `
Examples:
  lacework-trigger dead-letters replay --all
  lacework-trigger dead-letters replay 20260131-093000123-000000-12345-1830

The exit code is 1 when some are left.`,
    )
    .action((ids: string[], options: SettingsOptions & { readonly all?: boolean }) =>
      runCommand(options, (terminal) => replayLetters(ids, options, terminal)),
    );
}

function purgeCommand(): Command {
  return withData(new Command('purge'))
    .description('Delete old dead letters for good.')
    .requiredOption('--older-than <time>', TIME_FORMS)
    .option('--yes', 'delete without asking')
    .addHelpText('after', '\nExamples:\n  lacework-trigger dead-letters purge --older-than 30d --yes')
    .action((options: SettingsOptions & { readonly olderThan: string; readonly yes?: boolean }) =>
      runCommand(options, (terminal) => {
        const before = parseTime(options.olderThan, '--older-than', Date.now());
        return withDataPath(terminal, options, (files) => purgeLetters(files, before, options.yes ?? false, terminal));
      }),
    );
}
