import { configurationPage } from './configuration-page.js';
import { messagesPage } from './messages-page.js';

/** The generated pages for those who run the trigger, by their path in the repository. */
export function operatorDocs(): Record<string, string> {
  return { 'docs/messages.md': messagesPage(), 'docs/configuration.md': configurationPage() };
}
