import { Command } from 'commander';
import { parseTime, TIME_FORMS } from '../parse-time.js';
import { runCommand } from '../run-command.js';
import { type SettingsOptions, withSettings } from '../settings/options.js';
import { inWorkplace, withHeldState, withState } from '../workplace.js';
import { exportState } from './export-state.js';
import { importState, readExport } from './import-state.js';
import { rewindState } from './rewind-state.js';
import { showState } from './show-state.js';

interface ChangeOptions extends SettingsOptions {
  readonly yes?: boolean;
  readonly wait?: boolean;
}

/** The command `state`: how far collection has come, and what is remembered. */
export function stateCommand(): Command {
  return new Command('state')
    .description("Look at the trigger's state, move it to another host, or collect again from an earlier time.")
    .addCommand(showCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(rewindCommand())
    .addHelpText(
      'after',
      `
Examples:
  lacework-trigger state show
  lacework-trigger state export state.json
  lacework-trigger state rewind --to 36h`,
    );
}

function showCommand(): Command {
  return withSettings(new Command('show'))
    .description('Show how far collection has come, and what is remembered.')
    .addHelpText('after', '\nExamples:\n  lacework-trigger state show\n  lacework-trigger state show --json')
    .action((options: SettingsOptions) =>
      runCommand(options, (terminal) =>
        inWorkplace(terminal, options, { intake: true }, (place) =>
          withState(place, (state) => showState(state, terminal)),
        ),
      ),
    );
}

function exportCommand(): Command {
  return withSettings(new Command('export'))
    .description('Write the state as one JSON object, to a file or to the standard output.')
    .argument('[file]', 'made readable for this user alone')
    .addHelpText('after', '\nStop the trigger before.\n\nExamples:\n  lacework-trigger state export state.json')
    .action((file: string | undefined, options: SettingsOptions) =>
      runCommand(options, (terminal) =>
        inWorkplace(terminal, options, { intake: true }, (place) =>
          withState(place, (state) => exportState(state, file, terminal)),
        ),
      ),
    );
}

function importCommand(): Command {
  return withChange(withSettings(new Command('import')))
    .description('Replace the state by one that state export has written.')
    .argument('<file>')
    .addHelpText('after', '\nExamples:\n  lacework-trigger state import state.json --yes')
    .action((file: string, options: ChangeOptions) =>
      runCommand(options, async (terminal) => {
        const exported = await readExport(file);
        return inWorkplace(terminal, options, { intake: true }, (place) =>
          withHeldState(place, options.wait ?? false, (held) =>
            importState(exported, held, options.yes ?? false, terminal),
          ),
        );
      }),
    );
}

function rewindCommand(): Command {
  return withChange(withSettings(new Command('rewind')))
    .description('Collect again from an earlier time. What is remembered as delivered is not delivered again.')
    .requiredOption('--to <time>', TIME_FORMS)
    .option('--deliver-again', 'forget what was delivered since that time, so that it is delivered again')
    .addHelpText(
      'after',
      `
Examples:
  lacework-trigger state rewind --to 2026-01-31T00:00:00Z --yes
  lacework-trigger state rewind --to 36h --deliver-again`,
    )
    .action((options: ChangeOptions & { readonly to: string; readonly deliverAgain?: boolean }) =>
      runCommand(options, (terminal) => {
        const to = parseTime(options.to, '--to', Date.now());
        return inWorkplace(terminal, options, { intake: true }, (place) =>
          withHeldState(place, options.wait ?? false, (held) =>
            rewindState({ to, yes: options.yes ?? false, deliverAgain: options.deliverAgain ?? false }, held, terminal),
          ),
        );
      }),
    );
}

function withChange(command: Command): Command {
  return command
    .option('--yes', 'change it without asking')
    .option('--wait', 'while the trigger works on the state, wait until it ends');
}
