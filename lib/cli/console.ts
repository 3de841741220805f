import { randomBytes } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { defaultDirectory, takeDirectory } from '../console/console-directory.js';
import { type ConsoleOptions, type RunningConsole, startConsole } from '../console/start-console.js';
import { packageRoot } from '../package-root.js';
import { interruption, untilAborted } from './interruption.js';

const LOOPBACK = '127.0.0.1';
const KEEP_EVENTS = 200_000;
const USUAL_PORT = 4780;

const EXAMPLES = `
Examples:
  lacework-trigger console
  lacework-trigger console --directory /srv/lacework --port 8080`;

interface Given {
  readonly directory: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
  readonly token: string | undefined;
  readonly keepEvents: number;
}

/** `console`: the playbook platform on this machine, in a browser. */
export function consoleCommand(): Command {
  return new Command('console')
    .description(
      'Configure, start and watch the trigger in a browser, with the platform and an intake on this machine.',
    )
    .option(
      '-d, --directory <path>',
      'where everything is kept ($XDG_DATA_HOME/lacework-console, or ~/.local/share/lacework-console)',
    )
    .option('-p, --port <number>', `the port of the page (${USUAL_PORT}, or a free one when it is taken)`, parseCount)
    .option('--host <address>', 'where to listen; anything but loopback needs the token', LOOPBACK)
    .option('--token <text>', 'what a person must bring when --host is given; drawn when not given')
    .option('--keep-events <count>', 'how many of the newest events are kept', parseCount, KEEP_EVENTS)
    .addHelpText(
      'after',
      '\nExamples:\n  lacework-trigger console\n  lacework-trigger console --directory ./console --port 8080',
    )
    .addHelpText('after', EXAMPLES)
    .action((given: Given) => runConsole(given));
}

async function runConsole({ directory, host, port, token, keepEvents }: Given): Promise<void> {
  const taken = await takeDirectory(directory ?? defaultDirectory(process.env));
  try {
    const isLoopback = host === LOOPBACK || host === 'localhost';
    const options = {
      directory: taken.path,
      host: isLoopback ? LOOPBACK : host,
      token: isLoopback ? token : (token ?? randomBytes(24).toString('base64url')),
      keepEvents,
      environment: process.env,
    };
    const running = await openConsole(options, port);
    process.stdout.write(`\n  The console is at  ${addressOf(options, running.port)}\n`);
    process.stdout.write(`  Everything is kept in ${taken.path}. Ctrl+C stops it.\n\n`);
    await untilAborted(interruption());
    await running.close();
  } finally {
    await taken.release();
  }
}

/** Starts the console on the port, or, when none is given, on the usual one or any that is free. */
export async function openConsole(
  options: Omit<ConsoleOptions, 'port' | 'root' | 'onError'>,
  port: number | undefined,
): Promise<RunningConsole> {
  const all = {
    ...options,
    root: packageRoot(),
    onError: (error: unknown) => process.stderr.write(`  The console failed: ${error}\n`),
  };
  try {
    return await startConsole({ ...all, port: port ?? USUAL_PORT });
  } catch (error) {
    if (port !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return await startConsole({ ...all, port: 0 });
  }
}

/** Where the page is; the token stands behind the #, which no server and no log gets to see. */
export function addressOf({ host, token }: Pick<ConsoleOptions, 'host' | 'token'>, port: number): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/${token === undefined ? '' : `#token=${token}`}`;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) throw new InvalidArgumentError('It must be a whole number.');
  return count;
}
