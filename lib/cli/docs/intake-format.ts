import { FIELDS } from '../../normalizer/fields.js';
import { normalizeAlert } from '../../normalizer/normalize-alert.js';

/** How the platform knows the custom format; never changed once published. */
const DIALECT = { dialect: 'Lacework Cloud Security (ECS)', dialect_uuid: '2cc81a6e-eaaf-4211-8b6c-f6d6c86142e3' };

/** The files of the pass-through intake format that follow from the fields and the samples, by their path inside of it. */
export function intakeFormatFiles(samples: readonly string[]): Record<string, string> {
  return {
    '_meta/fields.yml': fieldsYaml(),
    'ingest/parser.yml': parserYaml(),
    ...Object.fromEntries(samples.map((text, i) => [`tests/test_event_0${i + 1}.json`, parserTest(text)])),
  };
}

/** Only what ECS does not define is declared. A JSON string is a YAML string too. */
function fieldsYaml(): string {
  return FIELDS.filter(({ name }) => name.startsWith('lacework.'))
    .map(({ name, type, description }) =>
      [`${name}:`, `  description: ${JSON.stringify(description)}`, `  name: ${name}`, `  type: ${type}`].join('\n'),
    )
    .join('\n\n')
    .concat('\n');
}

function parserYaml(): string {
  const sets = ['message', ...FIELDS.map(({ name }) => name)].map(
    (name) => `          ${JSON.stringify(name)}: ${JSON.stringify(`{{parsed_event.message${pathOf(name)}}}`)}`,
  );
  return `name: lacework-ecs
pipeline:
  - name: parsed_event
    external:
      name: json.parse-json
      properties:
        input_field: original.message
        output_field: message
  - name: set_fields
stages:
  set_fields:
    actions:
      - set:
${sets.join('\n')}
`;
}

/** The way to a field in the parsed event; a name with an @ cannot follow a dot in an expression. */
function pathOf(name: string): string {
  return name.startsWith('@') ? `['${name}']` : `.${name}`;
}

function parserTest(text: string): string {
  const { json, event } = normalizeAlert(text, { profile: '2024-02' });
  const test = { input: { message: json, sekoiaio: { intake: DIALECT } }, expected: event };
  return `${JSON.stringify(test, null, 2)}\n`;
}
