import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alertText } from '../helpers/alert-text.js';
import { freePort } from '../helpers/free-port.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

let stage: Stage;
let proxy: string;
let behindProxy: string;
beforeEach(async () => {
  stage = await openStage();
  proxy = `127.0.0.1:${await freePort()}`;
  behindProxy = `can't be reached through the proxy ${proxy}, which refuses or does not accept connections (ECONNREFUSED); check the proxy, or correct HTTPS_PROXY, HTTP_PROXY or NO_PROXY`;
});
afterEach(() => stage.close());

/** Everything but what `through` names is called directly. */
const environment = (through: string, scheme = 'http') => {
  const servers = [stage.emulator.url, stage.platform.url, stage.intake.url];
  const hosts = servers.filter((url) => url !== through).map((url) => new URL(url).host);
  return { HTTP_PROXY: `${scheme}://user:marker-proxy-password@${proxy}`, NO_PROXY: hosts.join(',') };
};

describe('A proxy that is down is named, without its password, in what is said', () => {
  const start = (through: string, command?: string) =>
    stage.start({ env: environment(through), ...(command === undefined ? {} : { command }) });

  it('of the account that is checked', async () => {
    const task = await start(stage.emulator.url, 'validate_module_configuration');
    expect(await task.exit).toEqual({ code: 0, signal: null });
    expect(stage.place.taskStatuses.at(-1)).toEqual({
      status: 'finished',
      results: { success: false },
      error: `${new URL(stage.emulator.url).host} ${behindProxy}.`,
    });
  });

  it.each([
    ['Lacework', () => stage.emulator.url],
    ['the intake', () => stage.intake.url],
    ['the platform', () => stage.platform.url],
  ])('of a call to %s', async (_, url) => {
    stage.emulator.add(alertText({ id: 1, start: Date.now() - 3_600_000 }));
    const trigger = await start(url());
    const { host } = new URL(url());
    await waitUntil('the proxy is named', () => trigger.output().includes(`${host} ${behindProxy}`));
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    expect(trigger.output()).not.toContain('marker-proxy-password');
  });

  it.each([
    ['http', ', which refuses or does not accept connections (ECONNREFUSED)'],
    ['ftp', ', which gives no connection'],
  ])("of a call to the platform's bucket (%s)", async (scheme, why) => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const trigger = await stage.start({
      env: environment(endpoint, scheme),
      values: {
        file_backend: 'S3',
        aws_bucket_name: 'kept',
        aws_access_key_id: 'key-id',
        aws_secret_access_key: 'marker-bucket-secret',
        aws_default_region: 'eu-west-3',
        aws_s3_endpoint_url: endpoint,
      },
    });
    const said = `The store ${endpoint}/kept/state/leases/ failed while acquiring the lease: it can't be reached through the proxy ${proxy}${why};`;
    await waitUntil('the proxy is named', () => trigger.output().includes(said));
    expect(await trigger.stop()).toEqual({ code: 0, signal: null });
    expect(trigger.output()).not.toContain('marker-proxy-password');
  });
});
