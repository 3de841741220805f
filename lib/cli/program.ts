import { Command } from 'commander';
import { packageVersion } from '../package-version.js';
import { backfillCommand } from './backfill/command.js';
import { checkCommand } from './check/command.js';
import { consoleCommand } from './console.js';
import { deadLettersCommand } from './dead-letters/command.js';
import { EXIT_CODE_HELP } from './exit-codes.js';
import { fetchCommand } from './fetch/command.js';
import { manifestsCommand } from './manifests.js';
import { normalizeCommand } from './normalize.js';
import { replayCommand } from './replay/command.js';
import { runTriggerCommand } from './run/command.js';
import { stateCommand } from './state/command.js';

/** The program `lacework-trigger` with all its commands; `json`: what is wrong with a command line is said for machines. */
export function buildProgram({ json = false } = {}): Command {
  const program = new Command('lacework-trigger')
    .description('Collect Lacework alerts, normalize them to ECS, and forward them to an intake.')
    .version(packageVersion())
    .addHelpText('after', `${EXIT_CODE_HELP}\n\nEach command has its own --help, with examples.`);
  for (const command of [
    checkCommand(),
    fetchCommand(),
    backfillCommand(),
    runTriggerCommand(),
    consoleCommand(),
    normalizeCommand(),
    replayCommand(),
    deadLettersCommand(),
    stateCommand(),
    manifestsCommand(),
  ]) {
    program.addCommand(command);
  }
  return prepare(program, json);
}

/** What would end the process is thrown as a CommanderError. */
function prepare(command: Command, json: boolean): Command {
  command.exitOverride();
  if (json) command.configureOutput({ outputError: (text, write) => write(`${asJson(text)}\n`) });
  for (const inner of command.commands) prepare(inner, json);
  return command;
}

function asJson(text: string): string {
  return JSON.stringify({ level: 'error', code: 'usage', message: text.replace(/^error: /, '').trimEnd() });
}
