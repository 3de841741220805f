import { parseArgs } from 'node:util';
import { paintFor } from './paint.js';
import { runDemo } from './run-demo.js';

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());

process.exitCode = await runDemo({
  once: values.once,
  signal: interrupted.signal,
  print: (line) => process.stdout.write(`${line}\n`),
  paint: paintFor(process.stdout, process.env),
  width: process.stdout.columns ?? 120,
  environment: process.env,
});
