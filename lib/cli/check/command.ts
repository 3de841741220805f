import { Command, Option } from 'commander';
import { runCommand } from '../run-command.js';
import { withSettings } from '../settings/options.js';
import type { Terminal } from '../terminal.js';
import type { Finding } from './finding.js';
import { type CheckOptions, runChecks } from './run-checks.js';

/** The command `check`: whether everything that the trigger needs is there and works. */
export function checkCommand(): Command {
  return withSettings(new Command('check'))
    .description('Check settings, account, API budget, intake, state and the way out: one line each.')
    .addOption(
      new Option('--send-test-event', 'ask the intake with an event, which it stores, rather than with an empty batch'),
    )
    .addHelpText(
      'after',
      `
Examples:
  lacework-trigger check --key-file key.json
  lacework-trigger check --config config.json --json

The exit code is 1 when a line says "failed", and 2 when the settings are missing or wrong.`,
    )
    .action((options: CheckOptions) =>
      runCommand(options, (terminal) =>
        runChecks(terminal, options, (what, finding) => print(what, finding, terminal)),
      ),
    );
}

const ROLES = { ok: 'good', warning: 'warning', failed: 'bad', skipped: 'quiet' } as const;

function print(what: string, { status, says }: Finding, terminal: Terminal): void {
  const { json, paint } = terminal;
  const line = `${paint(ROLES[status], status.padEnd(7))}  ${what.padEnd(12)}  ${says}`;
  terminal.print(json ? JSON.stringify({ what, status, says }) : line);
}
