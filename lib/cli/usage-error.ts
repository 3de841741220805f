import { ModuleError } from '@sekoia/automation-sdk-ts';

/** What the person has asked for can't be done as it was written. */
export class UsageError extends ModuleError {
  constructor(message: string) {
    super('usage', message);
  }
}

/** Another process, usually the trigger, works on the state. */
export class StateInUseError extends ModuleError {
  constructor() {
    super(
      'state_in_use',
      'Another process works on this state. Stop the trigger first, or give --wait to go on when it ends.',
    );
  }
}
