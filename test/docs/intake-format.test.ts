import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { DATA_SOURCES } from '../../lib/cli/docs/events-page.js';
import { FIELDS } from '../../lib/normalizer/fields.js';
import { type EventOptions, normalizeAlert, PROFILES } from '../../lib/normalizer/normalize-alert.js';
import { readCorpus } from '../normalizer/corpus.js';
import { writtenCorpus } from '../normalizer/written-corpus/topics.js';

const FORMAT = new URL('../../docs/intake-format/lacework-ecs/', import.meta.url);

interface Parser {
  readonly name: string;
  readonly pipeline: readonly { name: string; external?: { name: string; properties: Record<string, string> } }[];
  readonly stages: Readonly<Record<string, { actions: readonly { set: Record<string, string> }[] }>>;
}

interface SmartDescription {
  readonly value: string;
  readonly conditions: readonly { field: string; value?: unknown }[];
}

const manifest = parse(read('_meta/manifest.yml'));
const parser: Parser = parse(read('ingest/parser.yml'));
const descriptions: SmartDescription[] = JSON.parse(read('_meta/smart-descriptions.json'));
const names = new Set<string>(['message', ...FIELDS.map(({ name }) => name)]);

describe("The intake format's manifest", () => {
  it('names the format, with a slug that the platform takes and an id of its own', () => {
    expect(manifest).toEqual({
      uuid: '2cc81a6e-eaaf-4211-8b6c-f6d6c86142e3',
      name: 'Lacework Cloud Security (ECS)',
      slug: expect.stringMatching(/^[a-z]([a-z_.-]|\d)*$/),
      description: expect.stringMatching(/^[A-Z].*\.$/),
      data_sources: Object.fromEntries(DATA_SOURCES),
    });
  });

  it('has a square logo below 50 KiB', () => {
    const logo = readFileSync(new URL('_meta/logo.png', FORMAT));
    expect(logo.subarray(1, 4).toString()).toBe('PNG');
    expect(logo.readUInt32BE(16)).toBe(logo.readUInt32BE(20));
    expect(logo.length).toBeLessThan(50 * 1024);
  });
});

describe("The intake format's fields", () => {
  it('are those of the table that ECS does not define, with their types', () => {
    const expected = FIELDS.filter(({ name }) => name.startsWith('lacework.'));
    expect(parse(read('_meta/fields.yml'))).toEqual(
      Object.fromEntries(expected.map(({ name, type, description }) => [name, { name, type, description }])),
    );
  });
});

describe("The intake format's parser", () => {
  it('sets every field of the table', () => {
    expect(new Set(parser.stages['set_fields']?.actions.flatMap(({ set }) => Object.keys(set)))).toEqual(names);
  });

  it.each(readdirSync(new URL('tests/', FORMAT)))('does what %s expects', (file) => {
    const { input, expected } = JSON.parse(read(`tests/${file}`));
    expect(input.sekoiaio.intake).toEqual({ dialect: manifest.name, dialect_uuid: manifest.uuid });
    expect(runParser(input.message)).toEqual(expected);
  });

  it('takes over every event of both corpora as it is', () => {
    for (const { message, options } of everyAlert()) {
      const { json } = normalizeAlert(message, options);
      expect(runParser(json)).toEqual(JSON.parse(json));
    }
  });
});

describe("The intake format's smart descriptions", () => {
  it('speak of fields that there are, and only of those that they ask for', () => {
    for (const { value, conditions } of descriptions) {
      const asked = conditions.map(({ field }) => field);
      expect([...names]).toEqual(expect.arrayContaining(asked));
      expect(asked).toEqual(expect.arrayContaining(placeholders(value)));
    }
  });

  it('can each be reached: none asks for all that an earlier one asks for', () => {
    descriptions.forEach((later, i) => {
      for (const earlier of descriptions.slice(0, i)) {
        const isHidden = earlier.conditions.every(({ field, value }) =>
          later.conditions.some((other) => other.field === field && (value === undefined || value === other.value)),
        );
        expect([earlier.value, later.value, isHidden]).toEqual([earlier.value, later.value, false]);
      }
    });
  });

  it('speak of an e-mail address before a name: the description gives the one, perhaps an entity the other', () => {
    const values = descriptions.map(({ value }) => value);
    const named = values.filter((value) => value.includes('{user.name}'));
    expect(named).not.toEqual([]);
    for (const value of named) {
      const twin = value.replace('{user.name}', '{user.email}');
      expect(values.slice(0, values.indexOf(value))).toContain(twin);
    }
  });

  it('put every event of both corpora in a sentence, and none of them with a placeholder for a user', () => {
    for (const { title, message, options } of everyAlert()) {
      for (const profile of PROFILES) {
        const sentence = describeEvent(JSON.parse(normalizeAlert(message, { ...options, profile }).json));
        expect([title, sentence]).toEqual([title, expect.stringMatching(/\S/)]);
        expect(sentence).not.toMatch(/undefined|\{object\}/);
      }
    }
  });

  it('say of what is no alert that it is none', () => {
    expect(describeEvent(normalizeAlert('42').event)).toBe('Something from Lacework that is no alert');
  });

  it("say of the documentation's samples", () => {
    const sentences = readdirSync(new URL('tests/', FORMAT)).map((file) =>
      describeEvent(JSON.parse(read(`tests/${file}`)).expected),
    );
    const unauthorized = 'Unauthorized API Call:';
    const root = 'Usage of Root Account:';
    const account = 'in the account 0123456789';
    expect(sentences).toEqual([
      'Clone of Cloud Activity log ingestion failure detected, of High severity',
      `${root} 96 times by 0123456789 ${account}`,
      `${unauthorized} 18 times by AROAUR6F6MOZQBRKBX6RG:3e0ac0bf-fa18-4e70-8aa4-44debb525a10 ${account}`,
      `${unauthorized} 99 times by AROAUR6F6MOZ7YRJNRFJB:LACEWORK-CFG-external ${account}`,
      `${unauthorized} 18 times by AROAUR6F6MOZQBRKBX6RG:a7913090-862e-4cfa-ad11-80508825167e ${account}`,
      `${root} 83 times by 0123456789 ${account}`,
      `${root} 8 times by 0123456789 ${account}`,
    ]);
  });
});

function everyAlert(): { title: string; message: string; options?: EventOptions }[] {
  const written = Object.values(writtenCorpus).flat();
  return [
    ...readCorpus().flatMap(({ cases }) => cases),
    ...written.map(({ name, alert, collectedAt }) => ({ title: name, message: alert, options: { collectedAt } })),
  ];
}

function read(path: string): string {
  return readFileSync(new URL(path, FORMAT), 'utf8');
}

/** What the platform makes of a message: each step of the pipeline parses JSON or runs a stage; what is empty is not set. */
function runParser(message: string): Record<string, unknown> {
  const context: Record<string, unknown> = { original: { message } };
  const event: Record<string, unknown> = {};
  for (const { name, external } of parser.pipeline) {
    if (external === undefined) {
      for (const { set } of parser.stages[name]?.actions ?? []) {
        for (const [field, expression] of Object.entries(set)) {
          const value = evaluate(expression, context);
          if (value !== undefined) setPath(event, field, value);
        }
      }
    } else {
      expect(external.name).toBe('json.parse-json');
      const input = evaluate(`{{${external.properties['input_field']}}}`, context) as string;
      context[name] = { [external.properties['output_field'] as string]: JSON.parse(input) };
    }
  }
  return event;
}

/** Names joined by dots, or in brackets and quotes. */
function evaluate(expression: string, context: unknown): unknown {
  const [, inner = ''] = /^\{\{(.*)\}\}$/.exec(expression) ?? [];
  const path = [...inner.matchAll(/\.?([\w-]+)|\['([^']+)'\]/g)].map(
    ([, plain, quoted]) => plain ?? (quoted as string),
  );
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], context);
}

function setPath(event: Record<string, unknown>, field: string, value: unknown): void {
  const path = field.split('.');
  const last = path.pop() as string;
  let object = event;
  for (const key of path) {
    object[key] ??= {};
    object = object[key] as Record<string, unknown>;
  }
  object[last] = value;
}

function describeEvent(event: unknown): string | undefined {
  const valueAt = (field: string) => evaluate(`{{${field}}}`, event);
  const found = descriptions.find(({ conditions }) =>
    conditions.every(({ field, value }) =>
      value === undefined ? valueAt(field) !== undefined : valueAt(field) === value,
    ),
  );
  return found?.value.replace(/\{([^}]+)\}/g, (_, field) => String(valueAt(field)));
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{([^}]+)\}/g)].map(([, field]) => field as string);
}
