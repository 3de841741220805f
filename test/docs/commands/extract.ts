import { blocksOf, type Page, proseOf } from '../pages.js';

/** Programs whose name, in a text's type of code, begins a command line. */
export const PROGRAMS = /^(lacework-trigger|npx|npm|node|docker|kubectl|export|git|curl|sh|bash|sudo|apt-get) /;

/** The blocks of command lines of a page, each as it would be pasted. */
export function commandBlocks(page: Page): string[] {
  return blocksOf(page).flatMap(({ info, text }) => (info === 'sh' || info === 'console' ? [text] : []));
}

/** The command lines in the text of a page, each once. */
export function inlineCommands(page: Page): string[] {
  const spans = [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? '');
  return [...new Set(spans.filter((span) => PROGRAMS.test(`${span} `) && span.includes(' ')))];
}

/** The single commands of a block or a line: lines that go on are one, `&&` parts two. */
export function commandsIn(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split(/\n|&&/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The program that a command starts, after the variables that it sets. */
export function programOf(command: string): string {
  return command.split(' ').find((word) => !/^\w+=/.test(word)) ?? '';
}
