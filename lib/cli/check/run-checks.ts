import { ConfigurationError, shownAddress } from '@sekoia/automation-sdk-ts';
import { EXIT } from '../exit-codes.js';
import type { SettingsOptions } from '../settings/options.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { inWorkplace, type Workplace } from '../workplace.js';
import { checkIntake } from './check-intake.js';
import { checkLacework } from './check-lacework.js';
import { checkDeadLetters, checkState } from './check-places.js';
import { attempt, type Finding, type OnFinding } from './finding.js';
import { proxiesSeen } from './proxies-seen.js';

/** What a check may do beyond asking. */
export interface CheckOptions extends SettingsOptions {
  /** Asks the intake with an event, which it stores. */
  readonly sendTestEvent?: boolean;
}

/**
 * Looks at everything that the trigger needs, one thing after another; what fails does not keep the others from being looked at.
 * Answers the exit code.
 */
export async function runChecks(terminal: Terminal, options: CheckOptions, onFinding: OnFinding): Promise<number> {
  let exitCode: number = EXIT.done;
  const found: OnFinding = (what, finding) => {
    if (finding.status === 'failed') exitCode = EXIT.wrong;
    onFinding(what, finding);
  };
  try {
    await inWorkplace(terminal, options, { lacework: true, intake: true }, async (place) => {
      found('settings', await attempt(place, async () => describeSettings(place)));
      found('proxy', { status: 'ok', says: proxiesSeen(terminal.environment) });
      await checkLacework(place, found);
      found('intake', await attempt(place, () => checkIntake(place, options.sendTestEvent ?? false)));
      found('state', await attempt(place, () => checkState(place)));
      found('dead letters', await attempt(place, () => checkDeadLetters(place)));
    });
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigurationError)) throw error;
    found('settings', { status: 'failed', says: error.message });
    return EXIT.usage;
  }
  return exitCode;
}

function describeSettings({ settings: { account, configuration, intakeUrl } }: Workplace): Finding {
  const { event_format: format, normalization_profile: profile } = configuration;
  const events = format === 'raw' ? 'raw alerts' : `ECS events, profile ${profile},`;
  return { status: 'ok', says: `account ${account.account.host}; ${events} to ${shownAddress(intakeUrl)}` };
}
