import { FIELDS, type FieldRow, MESSAGE } from '../../normalizer/fields.js';
import { code, markdownTable } from './markdown-table.js';

/** docs/fields.md: every field of a normalized event. */
export function fieldsPage(): string {
  const rows: readonly FieldRow[] = [MESSAGE, ...FIELDS];
  return `# The fields of an event

Each Lacework alert becomes one event in the [Elastic Common Schema](https://www.elastic.co/guide/en/ecs/current/index.html). These are all the fields that it can have; a field without a value is absent, never null or empty.

The last column says whether the integration's documentation lists the field among those that it extracts; the others are later additions of the vendor, or this module's own, mostly from an alert's entities.

*Generated from \`lib/normalizer/fields.ts\` by \`npm run docs\`.*

${markdownTable(
  ['Field', 'Type', 'Description', 'Example', 'Present', 'Documented'],
  rows.map((row) => [
    code(row.name),
    row.list ? `${row.type}, a list` : row.type,
    row.description,
    code(String(row.example)),
    row.present,
    row.documented ? 'yes' : '',
  ]),
)}
`;
}
