import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';
import { parseForm } from '../../lib/automation-sdk-ts/src/configuration.js';
import { steppedClocks } from '../helpers/stepped-clock.js';
import { idleConnector, idleTrigger, type ModuleRun, markers, startModule } from './module-run.js';
import { type PlatformServer, startPlatformServer } from './platform-server.js';

describe('a form', () => {
  const problems = (schema: z.ZodType, value: unknown) => {
    const parsed = parseForm({ name: 'Configuration', schema, value });
    return 'problems' in parsed ? parsed.problems : [];
  };

  it.each([
    ['a missing field', z.object({ a: z.string() }), {}, 'a is missing.'],
    ['an emptied field', z.object({ a: z.string() }), { a: '' }, 'a is missing.'],
    ['a field of spaces', z.object({ a: z.string().trim().min(1) }), { a: '  ' }, 'a is empty.'],
    ['a number as text', z.object({ a: z.number() }), { a: 'much' }, 'a must be a number.'],
    ['half a second', z.object({ a: z.int() }), { a: 1.5 }, 'a must be a whole number.'],
    ['a number too small', z.object({ a: z.int().min(8) }), { a: 7 }, 'a must be 8 or more.'],
    ['a number too large', z.object({ a: z.int().max(8) }), { a: 9 }, 'a must be 8 or less.'],
    ['a text too short', z.object({ a: z.string().min(3) }), { a: 'ab' }, 'a must have 3 or more characters.'],
    ['a list too long', z.object({ a: z.array(z.int()).max(1) }), { a: [1, 2] }, 'a must have 1 or less entries.'],
    ['an unknown choice', z.object({ a: z.enum(['x', 'y']) }), { a: 'z' }, 'a must be one of x, y.'],
    ['no address', z.object({ a: z.url() }), { a: 'nowhere' }, 'a must be a web address, such as https://host/path.'],
    ['a wrong truth', z.object({ a: z.boolean() }), { a: 'yes' }, 'a must be true or false.'],
    ['a field of a field', z.object({ a: z.object({ b: z.int() }) }), { a: { b: 0.5 } }, 'a.b must be a whole number.'],
    ['no form at all', z.object({ a: z.string() }), [1], 'must be a value of the kind object.'],
    ['words of the schema', z.object({ a: z.int({ error: 'counts sheep' }) }), { a: 'x' }, 'a counts sheep.'],
  ])('says what is wrong with %s', (_, schema, value, expected) => {
    expect(problems(schema, value)).toEqual([`Configuration: ${expected}`]);
  });

  it('adds what the form says of the field, however its schema is wrapped', () => {
    const described = z.string().min(1).meta({ title: 'Key', description: 'Copy the key of the intake' });
    const schemas = [
      z.object({ a: described }),
      z.object({ a: described.transform((value) => new Secret(value)) }),
      z.preprocess((value) => value, z.object({ a: described })),
    ];
    for (const schema of schemas) {
      expect(problems(schema, {})).toEqual(['Configuration: a is missing. Copy the key of the intake.']);
    }
  });

  it('never repeats the value', () => {
    const schema = z.object({ a: z.int(), b: z.enum(['x']), c: z.url(), d: z.array(z.string()), e: z.string().max(3) });
    const value = { a: 'marker', b: 'marker', c: 'marker', d: 'marker', e: 'marker' };
    expect(problems(schema, value)).toHaveLength(5);
    expect(problems(schema, value).join()).not.toContain('marker');
  });
});

describe('a start', () => {
  const newClock = steppedClocks();
  let platform: PlatformServer;
  let run: ModuleRun | undefined;

  beforeEach(async () => {
    platform = await startPlatformServer();
    run = undefined;
  });

  afterEach(async () => {
    await run?.stop();
    await platform.close();
  });

  const start = async (environment: Record<string, string | undefined>) => {
    const clock = newClock();
    run = await startModule({ platform, item: idleConnector().item, clock, environment });
    await clock.runUntil('a line', () => platform.logLines().length > 0, 60_000);
    return platform.logLines().map(({ level, message }) => [level, message]);
  };

  it('names every field that is wrong in one critical line, works no more, and ends with 0', async () => {
    platform.answers['/secrets'] = { value: {} };
    const lines = await start({
      MODULE_CONFIGURATION: '{}',
      CONNECTOR_CONFIGURATION: '{"frequency":0.5}',
      INTAKE_URL: undefined,
    });
    expect(lines).toEqual([
      [
        'critical',
        'Account: host is missing. Account: secret is missing. Copy it from the page of the key. ' +
          'Configuration: intake_key is missing. Copy it from the page of the key. ' +
          'Configuration: frequency must be a whole number. ' +
          "Configuration: intake_server is missing. Give the intake's address, as the platform names none. " +
          'Correct the form and save it.',
      ],
    ]);
    expect(await run?.stop()).toBe(0);
  });

  it.each([
    ['TOKEN', undefined, 'token'],
    ['URL_CALLBACK', undefined, 'url_callback'],
    ['URL_CALLBACK', 'nowhere', 'url_callback'],
    ['LIVENESS_PORT', 'eight', 'liveness_port'],
    ['CA_CERT', 'no certificate', 'ca_cert'],
  ])('names the value %s when it is %s, on the console at least', async (variable, value, name) => {
    const clock = newClock();
    run = await startModule({ platform, item: idleConnector().item, clock, environment: { [variable]: value } });
    await clock.runUntil('a line', () => run?.lines.length === 1, 60_000);
    expect(run.lines[0]?.level).toBe('critical');
    expect(run.lines[0]?.message).toContain(`The platform's value ${name} is `);
    expect(await run.stop()).toBe(0);
  });

  it('names a configuration that is not JSON', async () => {
    expect(await start({ CONNECTOR_CONFIGURATION: '{"intake_key": "marker' })).toEqual([
      [
        'critical',
        "The platform's value connector_configuration is not JSON. Save the form again, or correct the file or the variable CONNECTOR_CONFIGURATION.",
      ],
    ]);
  });

  it('gives a connector its own configuration before that of a trigger, with the secrets merged in', async () => {
    const { item, context } = idleConnector();
    run = await startModule({
      platform,
      item,
      environment: { TRIGGER_CONFIGURATION: '{"intake_key":"another","frequency":5}' },
    });
    const { account, configuration, intake } = await context;
    expect(account.host).toBe('api.example.com');
    expect(account.secret.reveal()).toBe(markers.secret);
    expect(configuration.frequency).toBe(60);
    expect(configuration.intake_key.reveal()).toBe(markers.intakeKey);
    expect(intake.host).toBe('intake.example.com');
  });

  it('gives a connector the configuration of a trigger when it has none of its own', async () => {
    const { item, context } = idleConnector();
    run = await startModule({
      platform,
      item,
      environment: {
        CONNECTOR_CONFIGURATION: undefined,
        TRIGGER_CONFIGURATION: '{"intake_key":"another-key","intake_server":"https://own.example.com/path"}',
      },
    });
    const { configuration, intake } = await context;
    expect([configuration.intake_key.reveal(), intake.host]).toEqual(['another-key', 'own.example.com']);
  });

  it('gives a trigger only the configuration of a trigger', async () => {
    const { item, context } = idleTrigger();
    run = await startModule({ platform, item, environment: { TRIGGER_CONFIGURATION: '{"frequency":5}' } });
    expect((await context).configuration).toEqual({ frequency: 5 });
  });

  it('runs an item under the name that older versions gave it', async () => {
    const { item, context } = idleConnector();
    run = await startModule({ platform, item, command: 'sample_collect' });
    expect((await context).account.host).toBe('api.example.com');
  });

  it.each([
    ['unknown', 'nonsense', 'The command nonsense is unknown.'],
    ['empty', '', 'No command was given.'],
  ])('ends with 2 and lists the known commands when the command is %s', async (_, command, expected) => {
    run = await startModule({ platform, item: idleConnector().item, command });
    expect(await run.ended).toBe(2);
    expect(platform.logLines()).toEqual([
      {
        date: expect.any(String),
        level: 'critical',
        message: `${expected} Known commands: collect, sample_collect. Give one of them as the container's argument.`,
      },
    ]);
  });
});
