import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DATA_SOURCES } from '../../lib/cli/docs/events-page.js';
import { normalizerDocs } from '../../lib/cli/docs/normalizer-docs.js';
import { FIELDS, MESSAGE } from '../../lib/normalizer/fields.js';
import { readCorpus } from '../normalizer/corpus.js';

const REPOSITORY = new URL('../../', import.meta.url);
const SAMPLES = new URL('test/fixtures/samples/', REPOSITORY);

/** The integration's documentation: the fields that it extracts. */
const DOCUMENTED = {
  date: ['@timestamp', 'event.start', 'event.end'],
  keyword: [
    'event.category',
    'event.code',
    'event.kind',
    'event.reason',
    'event.type',
    'lacework.cloud_security.account.name',
    'lacework.cloud_security.alert.info.description',
    'lacework.cloud_security.alert.info.subject',
    'lacework.cloud_security.alert.severity',
    'lacework.cloud_security.alert.status',
    'observer.product',
    'observer.vendor',
    'rule.name',
    'user.name',
  ],
  long: ['lacework.cloud_security.alert.id', 'lacework.cloud_security.alert.sight'],
  ip: ['source.ip'],
};

const samples = readdirSync(SAMPLES)
  .sort()
  .map((file) => JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')).message as string);
const pages = normalizerDocs(samples);

describe('The pages about normalized events', () => {
  it.each(Object.keys(pages))('%s is as `npm run docs` writes it', (path) => {
    expect(readFileSync(new URL(path, REPOSITORY), 'utf8')).toBe(pages[path]);
  });

  it('mark the fields that the documentation lists, with their types, and no others', () => {
    const documented = FIELDS.filter((row) => row.documented).map(({ name, type }) => `${name} ${type}`);
    const listed = Object.entries(DOCUMENTED).flatMap(([type, names]) => names.map((name) => `${name} ${type}`));
    expect(documented.sort()).toEqual(listed.sort());
  });

  it('have a row for every field, once', () => {
    const rows = [...(pages['docs/fields.md'] as string).matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual([MESSAGE.name, ...FIELDS.map(({ name }) => name)]);
  });

  it('show every category and type that an event has', () => {
    const page = pages['docs/events.md'] as string;
    const found = JSON.stringify(readCorpus()).matchAll(/"(?:category|type)":\["([a-z_]+)"\]/g);
    const values = new Set([...found].map(([, value]) => value));
    expect(values.size).toBe(9);
    for (const value of values) expect(page).toContain(`| \`${value}\` |`);
  });

  it('show the four data sources', () => {
    expect(DATA_SOURCES).toHaveLength(4);
  });
});
