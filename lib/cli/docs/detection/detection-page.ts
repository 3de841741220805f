import { alertKinds } from '../../../emulator/believable-kinds.js';
import { FIELDS, type FieldName, type FieldRow } from '../../../normalizer/fields.js';
import { code, markdownTable } from '../markdown-table.js';
import { dependenceSection, detailedAmong, findsTitledPolicies } from './dependence.js';
import { exampleTypes } from './example-types.js';
import { SCORES } from './navigator-layer.js';
import type { PlatformRule } from './platform-rules.js';
import { fieldsOf, type SigmaRule, techniquesOf } from './sigma-rule.js';
import { techniqueLink } from './technique.js';
import { judgeRule } from './verdict.js';

type NamedRow = FieldRow & { readonly name: FieldName };

const fieldRows = new Map<string, NamedRow>(FIELDS.map((row) => [row.name, row]));
/** More examples than these say nothing new. */
const MOST_EXAMPLES = 4;

/** docs/detection.md: which rules can find something in the events; `sigma` holds our own rules by file. */
export function detectionPage(rules: readonly PlatformRule[], sigma: Readonly<Record<string, SigmaRule>>): string {
  const [documented, others] = [rules.filter((rule) => rule.documented), rules.filter((rule) => !rule.documented)];
  const firing = documented.filter((rule) => judgeRule(rule).canFire);
  return `# What can be detected

Which rules can find something in the events of this module, and which cannot, although the documentation lists them.

The names, efforts and techniques of the platform's rules are the vendor's public ones. The rules themselves are not public: **the fields that they need, and whether they can fire, are our reading**. What the fields hold is no reading: it follows from [fields.md](fields.md), and a test holds it against every alert that the tests know.

*Generated from \`docs/data/detection-rules.json\`, \`docs/sigma\` and \`lib/normalizer/fields.ts\` by \`npm run docs\`.*

## In short

Of the ${documented.length} rules in the integration's documentation, ${firing.length} can fire on Lacework alerts. What Lacework finds is told by the ${others.length} rules on severity, which the documentation does not list, and by the ${Object.keys(sigma).length} [Sigma rules](#sigma-rules-of-our-own) of this repository.

${markdownTable(
  ['Rule', 'In the documentation', 'Effort', 'Techniques', 'Can it fire?'],
  rules.map((rule) => [
    `[${rule.name}](#${anchor(rule.name)})`,
    rule.documented ? 'yes' : 'no',
    effortOf(rule),
    techniqueLinks(rule.attack_techniques),
    judgeRule(rule).canFire ? 'yes' : 'no',
  ]),
)}

${dependenceSection()}

## The rules, one by one

A field from an entity map is filled only when the alert comes with one: that is, with [\`fetch_details\`](#on-the-details-of-alerts).

${rules.map(ruleSection).join('\n\n')}

## Sigma rules of our own

For what Lacework alerts really say, in [docs/sigma](sigma). Each has a test event that fires it and one that does not, made by the normalizer itself, and is checked by a Sigma evaluator in the tests. A rule that needs no other fields than those in the integration's documentation works with \`event_format: raw\` and the platform's own intake format too.

${markdownTable(
  ['Rule', 'Level', 'Techniques', 'Fields', 'Documented fields only', 'Needs details', 'Also by name'],
  Object.entries(sigma).map(([file, rule]) => [
    `[${rule.title}](sigma/${file})`,
    rule.level,
    techniqueLinks(techniquesOf(rule)),
    fieldsOf(rule).map(code).join(', '),
    fieldsOf(rule).every((name) => fieldRows.get(name)?.documented) ? 'yes' : 'no',
    detailedAmong(fieldsOf(rule)).length > 0 ? 'yes' : 'no',
    findsTitledPolicies(rule) ? 'yes' : 'no',
  ]),
)}

Their fields are those of the event. Where a product needs a log source, map \`product: lacework\` to the intake that receives these events.

## On the ATT&CK matrix

[attack-navigator-layer.json](attack-navigator-layer.json) is a layer for the ATT&CK Navigator: open it there with *Open Existing Layer*, *Upload from local*. A technique that has only rules which cannot fire is disabled and has no colour; its comment says so.

${markdownTable(
  ['Score', 'What stands behind the technique'],
  Object.values(SCORES).map(({ score, label }) => [String(score), label]),
)}
`;
}

function ruleSection(rule: PlatformRule): string {
  const verdict = judgeRule(rule);
  return `### ${rule.name}

**${verdict.canFire ? 'Can fire' : 'Cannot fire on Lacework alerts'}.** ${verdict.why} Effort: ${effortOf(rule)}. Techniques: ${techniqueLinks(rule.attack_techniques)}.

${markdownTable(['Field it needs (our reading)', 'Filled', 'For example on'], rule.fields_our_reading.map(fieldCells))}${withoutDetails(rule)}`;
}

function withoutDetails({ fields_our_reading: fields }: PlatformRule): string {
  const empty = detailedAmong(fields);
  return empty.length === 0 ? '' : `\n\nWithout \`fetch_details\` it cannot see ${empty.map(code).join(' and ')}.`;
}

function fieldCells(name: string): string[] {
  const row = fieldRows.get(name);
  return row === undefined ? [code(name), 'never', ''] : [code(name), row.present, examplesOf(row.name)];
}

function examplesOf(field: FieldName): string {
  const { listed, detailed } = exampleTypes(field);
  if (detailed.length === 0 && listed.length === alertKinds.length) return 'all alerts';
  const few = [...listed, ...detailed].slice(0, MOST_EXAMPLES);
  const [plain, withDetails] = [listed, detailed].map((types) => few.filter((type) => types.includes(type)));
  return [
    plain?.map(code).join(', '),
    withDetails?.length === 0 ? '' : `with details: ${withDetails?.map(code).join(', ')}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function effortOf({ effort, effort_in_documentation: documented }: PlatformRule): string {
  return documented === undefined ? effort : `${effort} (the integration's documentation says ${documented})`;
}

function techniqueLinks(techniques: readonly string[]): string {
  return techniques.length === 0 ? 'none' : techniques.map(techniqueLink).join(', ');
}

/** The anchor that Markdown gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
