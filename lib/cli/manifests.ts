import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { manifests } from '../manifests.js';
import { packageVersion } from '../package-version.js';
import { EXIT } from './exit-codes.js';
import { runCommand } from './run-command.js';
import type { Terminal } from './terminal.js';

/** The command `manifests`: writes what the platform reads from the repository, or checks it. */
export function manifestsCommand(): Command {
  return new Command('manifests')
    .description(
      'Write the manifest files, which are made from the forms in lib/configuration.ts, into this directory.',
    )
    .option('--check', 'write nothing, and say which files are not what would be written')
    .option('--json', 'write results and messages as JSON, for machines')
    .addHelpText('after', '\nExamples:\n  lacework-trigger manifests --check')
    .action((options: { readonly check?: boolean; readonly json?: boolean }) =>
      runCommand(options, async (terminal) => (options.check ? checkManifests(terminal) : writeManifests(terminal))),
    );
}

function writeManifests({ json, print }: Terminal): number {
  for (const [file, text] of texts()) {
    writeFileSync(file, text);
    print(json ? JSON.stringify({ file, verdict: 'written' }) : `${file} written`);
  }
  return EXIT.done;
}

function checkManifests({ json, print, paint }: Terminal): number {
  const verdicts = texts().map(([file, text]) => ({ file, verdict: compare(file, text) }));
  for (const { file, verdict } of verdicts) {
    const line = `${verdict === 'ok' ? paint('good', 'ok     ') : paint('bad', verdict)}  ${file}`;
    print(json ? JSON.stringify({ file, verdict }) : line);
  }
  return verdicts.every(({ verdict }) => verdict === 'ok') ? EXIT.done : EXIT.wrong;
}

function compare(file: string, text: string): 'ok' | 'missing' | 'differs' {
  try {
    return readFileSync(file, 'utf8') === text ? 'ok' : 'differs';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
}

function texts(): [string, string][] {
  return Object.entries(manifests(packageVersion())).map(([file, content]) => [
    file,
    `${JSON.stringify(content, null, 2)}\n`,
  ]);
}
