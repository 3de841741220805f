import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { detectionDocs } from '../../lib/cli/docs/detection/detection-docs.js';
import { type PlatformRule, readPlatformRules } from '../../lib/cli/docs/detection/platform-rules.js';
import { readSigmaRule, type SigmaRule, techniquesOf } from '../../lib/cli/docs/detection/sigma-rule.js';
import { judgeRule } from '../../lib/cli/docs/detection/verdict.js';
import { believableAlert } from '../../lib/emulator/believable-alerts.js';
import { alertKinds } from '../../lib/emulator/believable-kinds.js';
import { seededRandom } from '../../lib/emulator/seeded-random.js';
import { FIELDS } from '../../lib/normalizer/fields.js';
import { normalizeAlert } from '../../lib/normalizer/normalize-alert.js';
import { readSamples } from '../helpers/samples.js';
import { readCorpus } from '../normalizer/corpus.js';
import { fires } from './sigma/evaluate.js';
import { sigmaCases } from './sigma-cases.js';
import { eventOf } from './test-events.js';

const REPOSITORY = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, REPOSITORY), 'utf8');

const platformRules = readPlatformRules(read('docs/data/detection-rules.json'));
const sigmaFiles = readdirSync(new URL('docs/sigma/', REPOSITORY)).sort();
const sigmaTexts = Object.fromEntries(sigmaFiles.map((file) => [file, read(`docs/sigma/${file}`)]));
const sigmaRules = Object.values(sigmaTexts).map(readSigmaRule);
const pages = detectionDocs(read('docs/data/detection-rules.json'), sigmaTexts);
const page = pages['docs/detection.md'] as string;

/** Every event that the tests know: the samples, the corpus, and an alert of each kind with its details. */
const events = [
  ...readSamples().map(({ message }) => message),
  ...readCorpus().flatMap(({ cases }) => cases.map(({ message }) => message)),
]
  .map((text): Record<string, unknown> => normalizeAlert(text).event)
  .concat(alertKinds.map(eventOf));
const valueAt = (event: unknown, field: string) =>
  field.split('.').reduce((part, key) => (part as Record<string, unknown> | undefined)?.[key], event);
const valuesOf = (field: string) => new Set(events.flatMap((event) => [valueAt(event, field) ?? []].flat()));

/** The section about a rule. */
const sectionOf = (name: string) => page.split(/^### /m).find((section) => section.startsWith(`${name}\n`)) ?? '';

describe('The pages about detection', () => {
  it.each(Object.keys(pages))('%s is as `npm run docs` writes it', (path) => {
    expect(read(path)).toBe(pages[path]);
  });

  it('tell of the ten rules of the documentation and the four on severity', () => {
    expect(platformRules.filter((rule) => rule.documented)).toHaveLength(10);
    expect(platformRules.filter((rule) => !rule.documented)).toHaveLength(4);
    expect(platformRules.filter(({ name }) => sectionOf(name) === '')).toEqual([]);
  });

  it.each(platformRules)('say of "$name" its effort, its techniques and its fields', (rule) => {
    const section = sectionOf(rule.name);
    expect(section).toContain(`Effort: ${rule.effort}`);
    for (const technique of rule.attack_techniques) expect(section).toContain(`[${technique}](`);
    for (const field of rule.fields_our_reading) {
      const row = FIELDS.find(({ name }) => name === field);
      expect(section).toContain(`| \`${field}\` | ${row?.present ?? 'never'} |`);
    }
  });

  it('say both efforts where the documentation differs', () => {
    expect(sectionOf('Possible Replay Attack')).toContain(
      "Effort: master (the integration's documentation says intermediate).",
    );
  });

  it('say that a rule on Windows security events cannot fire, and its event', () => {
    const onWindows = platformRules.filter((rule) => rule.windows_security_events !== undefined);
    expect(onWindows).toHaveLength(8);
    for (const { name, windows_security_events } of onWindows) {
      expect(sectionOf(name)).toContain('**Cannot fire on Lacework alerts.**');
      for (const number of windows_security_events ?? []) expect(sectionOf(name)).toContain(String(number));
    }
  });

  it('list every Sigma rule', () => {
    for (const [i, file] of sigmaFiles.entries())
      expect(page).toContain(`| [${sigmaRules[i]?.title}](sigma/${file}) |`);
  });

  it('say which Sigma rules need details, and which find a policy that has its title for a type', () => {
    const said = sigmaFiles.map((file) => {
      const row = page.split('\n').find((line) => line.includes(`](sigma/${file}) |`)) ?? '';
      const [details, byName] = row.split(' | ').slice(-2);
      return [file.replace(/\.yml$/, ''), details, byName?.replace(' |', '')];
    });
    const found = sigmaFiles.map((file, index) => {
      const name = file.replace(/\.yml$/, '');
      const rule = sigmaRules[index] as SigmaRule;
      const events = Object.values(sigmaCases[name]?.fires ?? {});
      const yesIf = (holds: boolean) => (holds ? 'yes' : 'no');
      return [
        name,
        yesIf(!events.some((event) => fires(rule, { ...event, file: undefined, destination: undefined }))),
        yesIf(events.some((event) => fires(rule, { ...event, event: { ...Object(event['event']), code: 'A title' } }))),
      ];
    });
    expect(said).toEqual(found);
    expect(found.filter(([, details]) => details === 'yes').map(([name]) => name)).toEqual([
      'lacework_system_binary_changed',
    ]);
  });

  it('name the fields that are empty without details', () => {
    const sentence = page.split('\n').find((line) => line.startsWith('- **What is empty without it**')) ?? '';
    const named = [...(sentence.split('. Others')[0] ?? '').matchAll(/`([\w.]+)`/g)].map(([, name]) => name ?? '');
    const inList = alertKinds.map((kind) => {
      const { text } = believableAlert(seededRandom(7), { id: 1, startTime: 0 }, kind);
      return normalizeAlert(text).event;
    });
    expect(named).toContain('file.path');
    for (const name of named) {
      expect({ name, filled: inList.some((event) => valueAt(event, name) !== undefined) }).toEqual({
        name,
        filled: false,
      });
      expect({ name, filled: valuesOf(name).size > 0 }).toEqual({ name, filled: true });
    }
    expect(sectionOf('SEKOIA.IO Intelligence Feed')).toContain(
      'Without `fetch_details` it cannot see `destination.domain` and `file.hash.sha256`.',
    );
  });

  it('refuse a rule of which nobody has said whether it can fire', () => {
    const rule: PlatformRule = {
      name: 'New',
      documented: true,
      effort: 'master',
      attack_techniques: [],
      fields_our_reading: [],
    };
    expect(() => judgeRule(rule)).toThrow('Nothing says whether the rule "New" can fire on Lacework alerts.');
  });
});

describe('What the pages say of the rules holds for every event that the tests know', () => {
  it('no event carries the number of a Windows security event', () => {
    expect(events.length).toBeGreaterThan(80);
    const numbers = platformRules.flatMap((rule) => rule.windows_security_events ?? []).map(String);
    expect(numbers.filter((number) => valuesOf('event.code').has(number))).toEqual([]);
  });

  it('no event is of the category authentication', () => {
    expect([...valuesOf('event.category')].sort()).toEqual([
      'configuration',
      'file',
      'intrusion_detection',
      'network',
      'registry',
    ]);
  });

  it('some event is of each severity that has a rule', () => {
    const severities = valuesOf('lacework.cloud_security.alert.severity');
    for (const severity of ['Low', 'Medium', 'High', 'Critical']) expect(severities).toContain(severity);
    expect([...valuesOf('observer.product')]).toEqual(['Lacework Cloud Security']);
  });

  it.each(platformRules.flatMap((rule) => rule.fields_our_reading).filter((field, i, all) => all.indexOf(field) === i))(
    'some event has %s, or none as the page says',
    (field) => {
      const isFilled = FIELDS.some(({ name }) => name === field);
      expect(valuesOf(field).size > 0).toBe(isFilled);
    },
  );
});

describe('The layer for the ATT&CK Navigator', () => {
  const layer = JSON.parse(pages['docs/attack-navigator-layer.json'] as string);
  const entry = (id: string) => layer.techniques.find(({ techniqueID }: { techniqueID: string }) => techniqueID === id);

  it('is in the format of the Navigator', () => {
    expect(layer).toMatchObject({
      name: 'Lacework alerts',
      versions: { attack: '17', navigator: '5.1.0', layer: '4.5' },
      domain: 'enterprise-attack',
      hideDisabled: false,
    });
    for (const technique of layer.techniques) {
      expect(technique).toEqual({
        techniqueID: expect.stringMatching(/^T\d{4}(\.\d{3})?$/),
        enabled: expect.any(Boolean),
        comment: expect.stringMatching(/\.$/),
        ...(technique.enabled && { score: expect.any(Number) }),
      });
    }
  });

  it('holds every technique of every rule, once', () => {
    const expected = new Set([
      ...platformRules.flatMap((rule) => rule.attack_techniques),
      ...sigmaRules.flatMap(techniquesOf),
    ]);
    const ids = layer.techniques.map(({ techniqueID }: { techniqueID: string }) => techniqueID);
    expect(ids).toEqual([...expected].sort());
  });

  it('shows no technique as covered whose rules cannot fire', () => {
    const disabled = layer.techniques.filter(({ enabled }: { enabled: boolean }) => !enabled);
    expect(disabled.map(({ techniqueID }: { techniqueID: string }) => techniqueID)).toEqual([
      'T1098',
      'T1136.001',
      'T1484.002',
      'T1531',
      'T1558',
    ]);
    expect(entry('T1531')).toEqual({
      techniqueID: 'T1531',
      enabled: false,
      comment: 'Cannot fire on Lacework alerts: Computer Account Deleted; User Account Deleted.',
    });
  });

  it('scores a technique by what its best rule knows of it', () => {
    expect(entry('T1535')).toMatchObject({ score: 100, enabled: true });
    expect(entry('T1566')).toMatchObject({ score: 50, enabled: true });
    expect(entry('T1578')).toMatchObject({ score: 25, enabled: true });
    expect(entry('T1078').comment).toBe(
      'Can fire: Suspicious Login Of A User (Sigma). Cannot fire on Lacework alerts: Account Added To A Security Enabled Group; Account Removed From A Security Enabled Group.',
    );
  });
});
