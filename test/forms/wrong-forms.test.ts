import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ModuleProcess, startModuleProcess } from '../automation-sdk-ts/module-process.js';
import { type PlatformServer, startPlatformServer } from '../automation-sdk-ts/platform-server.js';
import { waitUntil } from '../helpers/wait-until.js';

const entryPoint = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));

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

  const sayOf = async (account: object, configuration: object) => {
    module = await startModuleProcess(
      platform,
      'fetch_new_logs',
      { MODULE_CONFIGURATION: JSON.stringify(account), CONNECTOR_CONFIGURATION: JSON.stringify(configuration) },
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
      "critical Account: account is not a Lacework account's host name. Your Lacework account, as in the address of its console: acme, acme.lacework.net or, in a region, acme.fra.lacework.net. " +
        'Configuration: frequency must be 1 or more. Seconds from the start of one poll to the start of the next. The Lacework API allows 480 calls an hour: below 8 seconds the trigger stretches the interval by itself. ' +
        'Configuration: state_store must be a URL that begins with file:///, redis://, rediss://, postgres:// or memory:. Where the trigger keeps its state: redis://, rediss://, postgres:// or file:// URL. Leave it empty for the data path. ' +
        'Correct the form and save it.',
    ]);
    expect(module?.output()).not.toContain('marker-password');
  });

  it('says of each missing field what the form says of it, those that hold credentials included', async () => {
    platform.answers['/secrets'] = { value: {} };
    expect(await sayOf({}, { state_store: 5 })).toEqual([
      'critical Account: account is missing. Your Lacework account, as in the address of its console: acme, acme.lacework.net or, in a region, acme.fra.lacework.net. ' +
        'Account: keyId is missing. The access key ID of the API key, as in the key file downloaded from the Lacework console. ' +
        'Account: secret is missing. The secret key of the API key. It is kept by the platform and never shown again. ' +
        'Configuration: intake_key is missing. The key of the intake that receives the events: create one of the format Lacework Cloud Security. ' +
        'Configuration: state_store must be a text. Where the trigger keeps its state: redis://, rediss://, postgres:// or file:// URL. Leave it empty for the data path. ' +
        'Correct the form and save it.',
    ]);
  });
});
