import { styleText } from 'node:util';

/** Writes text in the colour of a severity, a level or a role; as it is where colours are not wanted. */
export type Paint = (role: string, text: string) => string;

type Style = Parameters<typeof styleText>[0];

const styles: Readonly<Record<string, Style>> = {
  bold: 'bold',
  quiet: 'gray',
  good: 'green',
  bad: ['bold', 'red'],
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'cyan',
  debug: 'gray',
  warning: 'yellow',
  error: 'red',
};

/** Colours only on a terminal, and not when the environment asks for none (https://no-color.org). */
export function paintFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Paint {
  const colours = stream.isTTY && !environment['NO_COLOR'];
  return (role, text) => {
    const style = styles[role];
    return colours && style ? styleText(style, text, { validateStream: false }) : text;
  };
}
