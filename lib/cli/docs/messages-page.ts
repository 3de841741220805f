import { type Level, type MessageMaker, sdkMessages } from '@sekoia/automation-sdk-ts';
import { deliveryMessages } from '../../delivery-messages.js';
import { messages } from '../../messages.js';
import { code } from './markdown-table.js';

/** What a level says; the most serious first. */
const LEVELS: Readonly<Record<Level, string>> = {
  critical:
    'Nothing works until a person has mended it. The trigger does no more work, its health check still answers, and the platform stops it.',
  error: 'Data is at risk, or someone should look. The trigger goes on by itself.',
  warning: 'Something was wrong and has been dealt with; nothing is lost.',
  info: 'The trigger started, ended, or finished a poll.',
  debug: 'For those who look closely.',
};

/** A message of any facts, with its own example. */
interface Documented {
  readonly code: string;
  readonly level: Level;
  readonly means: string;
  readonly todo: string;
  readonly line: string;
}

/** The page `docs/messages.md`: every monitoring message, what it means and what to do. */
export function messagesPage(): string {
  const all = [messages, deliveryMessages, sdkMessages].flatMap((group) => Object.values(group).flatMap(document));
  const sections = Object.entries(LEVELS).flatMap(([level, says]) => {
    const ofLevel = all.filter((message) => message.level === level);
    return ofLevel.length === 0 ? [] : [`## ${capitalized(level)}`, says, ...ofLevel.map(entry)];
  });
  return `${[
    '# Messages',
    "What does this line in the trigger log mean, and what do I do? Every line that the trigger can write is here, by level. On the platform the log shows the sentence; in the container's output, one JSON object a line, `code` names the message. Written by `npm run docs` from the code.",
    ...sections,
  ].join('\n\n')}\n`;
}

function document(made: unknown): Documented[] {
  if (typeof made !== 'function' || !('kind' in made)) return [];
  // Each example fits its own text, which no common type can say.
  const { kind } = made as MessageMaker<unknown>;
  return [{ ...kind, line: kind.text(kind.example) }];
}

function entry({ code: name, means, todo, line }: Documented): string {
  return [`### ${code(name)}`, `> ${line}`, means, `**Do:** ${todo}`].join('\n\n');
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
