import { eventsPage } from './events-page.js';
import { fieldsPage } from './fields-page.js';
import { intakeFormatFiles } from './intake-format.js';

const INTAKE_FORMAT = 'docs/intake-format/lacework-ecs/';

/** Every generated file about normalized events, by its path in the repository; `samples` are the texts of the documentation's alerts. */
export function normalizerDocs(samples: readonly string[]): Record<string, string> {
  const format = Object.entries(intakeFormatFiles(samples)).map(([path, text]) => [INTAKE_FORMAT + path, text]);
  return { 'docs/fields.md': fieldsPage(), 'docs/events.md': eventsPage(samples), ...Object.fromEntries(format) };
}
