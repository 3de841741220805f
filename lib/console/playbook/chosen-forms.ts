import { isDeepStrictEqual } from 'node:util';
import { HttpProblem } from '../http/http-problem.js';
import type { ConsoleRecords } from '../records/console-records.js';
import type { KeptForm } from '../records/kept-records.js';

/** What a trigger is started with. */
export interface ChosenForms {
  readonly account: KeptForm;
  readonly configuration: KeptForm;
}

/** The forms that the playbook names; throws HttpProblem when one has not been chosen. */
export function chosenForms(records: ConsoleRecords): ChosenForms {
  const account = records.find('account', records.playbook.accountId);
  const configuration = records.find('configuration', records.playbook.configurationId);
  // Who has nothing yet is shown the first of three steps, and is not to be sent to the second.
  if (!account && records.intakes.length === 0) throw new HttpProblem(409, 'Create an intake first.');
  if (!account) throw new HttpProblem(409, 'Choose an account first.');
  if (!configuration) throw new HttpProblem(409, 'Choose a trigger configuration first.');
  return { account, configuration };
}

/** Whether a trigger that was started with these forms would now be started in another way. */
export function areEdited({ account, configuration }: ChosenForms, records: ConsoleRecords): boolean {
  return (
    !isSameForm(account, records.find('account', account.id)) ||
    !isSameForm(configuration, records.find('configuration', configuration.id))
  );
}

/** A name says nothing. */
function isSameForm(one: KeptForm, other: KeptForm | undefined): boolean {
  return isDeepStrictEqual([one.values, one.hidden], [other?.values, other?.hidden]);
}
