import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { accountForm, triggerForm } from '../../lib/configuration.js';
import { type ModuleProcess, startModuleProcess } from '../automation-sdk-ts/module-process.js';
import { type PlatformServer, startPlatformServer } from '../automation-sdk-ts/platform-server.js';
import { waitUntil } from '../helpers/wait-until.js';

const entryPoint = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));

/** What the form itself says of a field. */
const says = (field: z.ZodType) => field.meta()?.description;
const { account, keyId, secret } = accountForm.shape;
const { frequency, intake_key, state_store } = triggerForm.shape;

describe('The one critical line about the forms', () => {
  let platform: PlatformServer;
  let module: ModuleProcess | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    module = undefined;
  });

  afterEach(async () => {
    module?.child.kill('SIGKILL');
    await module?.ended;
    await platform.close();
  });

  const sayOf = async (savedAccount: object, savedConfiguration: object) => {
    module = await startModuleProcess(
      platform,
      'fetch_new_logs',
      {
        MODULE_CONFIGURATION: JSON.stringify(savedAccount),
        CONNECTOR_CONFIGURATION: JSON.stringify(savedConfiguration),
      },
      entryPoint,
    );
    await waitUntil('a critical line', () => platform.logLines().some(({ level }) => level === 'critical'));
    return platform.logLines().map(({ level, message }) => `${level} ${message}`);
  };

  it('names a wrong account and a wrong state_store beside what else is wrong, without their text', async () => {
    const lines = await sayOf(
      { account: 'my account!', keyId: 'K' },
      { intake_key: 'k', frequency: 0, state_store: 'mysql://user:marker-password@db/state' },
    );
    expect(lines).toEqual([
      `critical Account: account is not a Lacework account's host name. ${says(account)} ` +
        `Configuration: frequency must be 1 or more. ${says(frequency)} ` +
        `Configuration: state_store must be a URL that begins with file:///, redis://, rediss://, postgres:// or memory:. ${says(state_store)} ` +
        'Correct the form and save it.',
    ]);
    expect(module?.output()).not.toContain('marker-password');
  });

  it('says of each missing field what the form says of it, those that hold credentials included', async () => {
    platform.answers['/secrets'] = { value: {} };
    expect(await sayOf({}, { state_store: 5 })).toEqual([
      `critical Account: account is missing. ${says(account)} ` +
        `Account: keyId is missing. ${says(keyId)} ` +
        `Account: secret is missing. ${says(secret)} ` +
        `Configuration: intake_key is missing. ${says(intake_key)} ` +
        `Configuration: state_store must be a text. ${says(state_store)} ` +
        'Correct the form and save it.',
    ]);
  });
});
