#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.js';
import { buildProgram } from './program.js';

try {
  await buildProgram({ json: process.argv.includes('--json') }).parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help that was asked for is no failure; everything else is a slip in the command line.
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
