import type { Command } from 'commander';

/** Whether the program has the command that these words name, and the options among them. */
export function isKnown(program: Command, words: readonly string[]): boolean {
  const [name, ...rest] = words;
  const command = program.commands.find((inner) => inner.name() === name);
  if (command === undefined) return false;
  if (command.commands.length > 0) return isKnown(command, rest);
  const options = command.options.flatMap(({ short, long }) => [short, long]);
  return rest.filter((word) => word.startsWith('-')).every((word) => options.includes(word));
}
