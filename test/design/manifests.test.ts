import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import {
  accountForm,
  accountSchema,
  configurationSchema,
  connectorForm,
  triggerForm,
} from '../../lib/configuration.js';
import { manifests } from '../../lib/manifests.js';
import { packageVersion } from '../../lib/package-version.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('The manifests', () => {
  it.each(Object.entries(manifests(packageVersion())))('%s is what npm run manifests writes', (file, content) => {
    expect(read(file)).toBe(`${JSON.stringify(content, null, 2)}\n`);
  });

  it('name one trigger and one connector with the same uuid and the same command', () => {
    const [trigger, connector] = ['trigger', 'connector'].map((kind) =>
      JSON.parse(read(`${kind}_fetch_new_logs.json`)),
    );
    expect([connector.uuid, connector.docker_parameters]).toEqual([trigger.uuid, trigger.docker_parameters]);
    expect(trigger.docker_parameters).toBe('fetch_new_logs');
    expect(Object.keys(trigger.results.properties)).toContain('lacework');
  });

  it('ask for account, keyId and secret, and keep the secret apart', () => {
    const { configuration, triggers, slug, categories } = JSON.parse(read('manifest.json'));
    expect(configuration.required).toEqual(['account', 'keyId', 'secret']);
    expect(configuration.secrets).toEqual(['secret']);
    expect(slug).toMatch(/^[a-z]([a-z_.-]|\d)*$/);
    expect(categories).toEqual(['Cloud Providers']);
    expect(triggers).toEqual([
      expect.objectContaining({ name: 'Fetch new logs from Lacework', account: configuration }),
    ]);
  });

  it('require only the intake key in the configuration, and poll every minute by default', () => {
    const form = JSON.parse(read('trigger_fetch_new_logs.json')).arguments;
    expect(form.required).toEqual(['intake_key']);
    expect(form.properties.frequency).toMatchObject({ type: 'integer', default: 60, minimum: 1 });
    expect(form.properties.intake_server).toMatchObject({ type: 'string', format: 'uri' });
  });

  it('let a playbook be started from the trigger only: a connector has none', () => {
    expect(Object.keys(triggerForm.shape)).toContain('launch_playbook_for');
    expect(Object.keys(connectorForm.shape)).not.toContain('launch_playbook_for');
  });

  it('explain every field to the person in front of the form', () => {
    for (const field of [...Object.values(accountForm.shape), ...Object.values(triggerForm.shape)]) {
      expect(field.meta()).toEqual(
        expect.objectContaining({ title: expect.any(String), description: expect.stringMatching(/\.$/) }),
      );
    }
  });

  it('have no field that the code does not use', () => {
    const code = ['triggers', 'lib/collector', 'lib/lacework']
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
      )
      .filter((file) => file.endsWith('.ts'))
      .map(read)
      .join('\n');
    // The SDK's connector reads where the events go.
    const readByTheSdk = ['intake_key', 'intake_server'];
    const fields = [...Object.keys(accountForm.shape), ...Object.keys(triggerForm.shape)];
    expect(fields.filter((field) => !readByTheSdk.includes(field) && !new RegExp(`\\b${field}\\b`).test(code))).toEqual(
      [],
    );
  });
});

describe('A saved form', () => {
  it('may begin any number of hours back', () => {
    expect(configurationSchema.parse({ intake_key: 'k', start_time: '48' }).start_time).toBe('48');
  });

  it("is read with the older module's key_id", () => {
    expect(accountSchema.parse({ account: 'acme', key_id: 'K', secret: 's' })).toMatchObject({ keyId: 'K' });
  });

  it('counts a field left empty as not filled in', () => {
    const { intake_server, min_severity, frequency } = configurationSchema.parse({
      intake_key: 'k',
      intake_server: '',
      min_severity: null,
    });
    expect([intake_server, min_severity, frequency]).toEqual([undefined, undefined, 60]);
  });

  it('never prints its secrets', () => {
    const account = accountSchema.parse({ account: 'acme', keyId: 'K', secret: 'hush' });
    const configuration = configurationSchema.parse({ intake_key: 'hush', state_store: 'redis://:hush@host' });
    expect(JSON.stringify([account, configuration])).not.toContain('hush');
  });

  it.each([
    ['frequency', { frequency: 0 }],
    ['frequency', { frequency: 1.5 }],
    ['intake_server', { intake_server: 'intake.example.org' }],
    ['start_time', { start_time: 'yesterday' }],
    ['start_time', { start_time: '2026-13-31T00:00:00Z' }],
    ['lookback_hours', { lookback_hours: 169 }],
    ['fetch_details', { fetch_details: true, event_format: 'raw' }],
  ])('with a wrong %s is refused, and the field is named', (field, fields) => {
    const read = configurationSchema.safeParse({ intake_key: 'k', ...fields });
    expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});
