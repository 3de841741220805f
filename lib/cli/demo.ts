import { parseArgs } from 'node:util';
import { runDemoConsole } from './demo-console.js';
import { interruption } from './interruption.js';
import { paintFor } from './paint.js';
import { runDemo } from './run-demo.js';

const { values } = parseArgs({
  options: {
    /** Ends after the first complete poll, without a page. */
    once: { type: 'boolean', default: false },
    /** Goes on in the terminal, without a page. */
    terminal: { type: 'boolean', default: false },
  },
});
const around = {
  signal: interruption(),
  print: (line: string) => void process.stdout.write(`${line}\n`),
  environment: process.env,
};

process.exitCode =
  values.once || values.terminal
    ? await runDemo({
        ...around,
        once: values.once,
        paint: paintFor(process.stdout, process.env),
        width: process.stdout.columns ?? 120,
      })
    : await runDemoConsole(around);
