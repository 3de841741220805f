import { type Command, Option } from 'commander';

/** Where a command finds its settings, as its options say. */
export interface SettingsOptions {
  readonly keyFile?: string;
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** Adds the options that say where the settings are. */
export function withSettings(command: Command): Command {
  return withData(command)
    .addOption(
      new Option(
        '--key-file <file>',
        'the API key file, as downloaded from the Lacework console; - for its text, pasted (then Ctrl-D) or piped',
      ),
    )
    .addOption(new Option('--config <file>', 'a JSON file with fields of the account and of the configuration form'))
    .addHelpText(
      'after',
      `
Settings come from the platform's values (SYMPHONY_DIR), the file of --config, the environment (LACEWORK_ACCOUNT,
LACEWORK_KEY_ID, LACEWORK_SECRET, INTAKE_KEY, INTAKE_SERVER) and the file of --key-file; a later one counts more.
No secret is ever an option: command lines are visible to everybody on the machine.`,
    );
}

/** Adds the options of a command that needs nothing but the data path. */
export function withData(command: Command): Command {
  return command
    .addOption(
      new Option('--data <directory>', "the trigger's data path (default: SYMPHONY_DATA_DIR, or /symphony_data)"),
    )
    .addOption(new Option('--json', 'write results and messages as JSON, for machines'));
}
