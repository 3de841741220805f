import { Command } from 'commander';
import { laceworkModule } from '../../../triggers/module.js';
import { FETCH_NEW_LOGS } from '../../manifests.js';
import { runCommand } from '../run-command.js';
import { type SettingsOptions, withSettings } from '../settings/options.js';
import { readValues } from '../settings/read-settings.js';
import type { Terminal } from '../terminal.js';
import { inWorkplace } from '../workplace.js';
import { openStandIn } from './stand-in-platform.js';

/** The command `run`: the trigger, without a platform. */
export function runTriggerCommand(): Command {
  return withSettings(new Command('run'))
    .description('Run the trigger in this process, until Ctrl-C or SIGTERM; no platform is needed.')
    .addHelpText(
      'after',
      `
The trigger log goes to the standard output, one JSON object a line. Health is at :8000/health, metrics are at
:8020/metrics (LIVENESS_PORT, METRICS_PORT). Where the platform's values are there, they are used as the platform means them.

Examples:
  lacework-trigger run --config config.json --data ./data
  lacework-trigger run --key-file key.json`,
    )
    .action((options: SettingsOptions) => runCommand(options, (terminal) => runTrigger(options, terminal)));
}

async function runTrigger(options: SettingsOptions, terminal: Terminal): Promise<number> {
  const { environment } = terminal;
  const values = await readValues(options, environment);
  if (values.optional('token') !== undefined && values.optional('url_callback') !== undefined) {
    return laceworkModule().run({ command: FETCH_NEW_LOGS, environment });
  }
  const standIn = await inWorkplace(terminal, options, { lacework: true, intake: true }, ({ settings }) =>
    openStandIn(settings, environment),
  );
  try {
    return await laceworkModule().run({ command: FETCH_NEW_LOGS, environment: standIn.environment });
  } finally {
    await standIn.close();
  }
}
