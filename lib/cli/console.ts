import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { defaultDirectory, takeDirectory } from '../console/console-directory.js';
import { type ConsoleOptions, type RunningConsole, startConsole } from '../console/start-console.js';
import { packageRoot } from '../package-root.js';
import { EXIT } from './exit-codes.js';
import { untilAborted } from './interruption.js';
import { runCommand } from './run-command.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const LOOPBACK = '127.0.0.1';
const KEEP_EVENTS = 200_000;
const USUAL_PORT = 4780;
const NO_SUCH_HOST = ['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'];

const EXAMPLES = `
Examples:
  lacework-trigger console
  lacework-trigger console --directory ./console --port 8080
  LACEWORK_CONSOLE_TOKEN="$(cat token)" lacework-trigger console --host 0.0.0.0
  lacework-trigger console --port 0 --json

The token is part of the address that is printed: LACEWORK_CONSOLE_TOKEN where that is set, otherwise drawn at each start.`;

interface Given {
  readonly directory: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
  readonly keepEvents: number;
  readonly json?: boolean;
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
    .option('-p, --port <number>', `the port of the page (${USUAL_PORT}, or a free one when it is taken)`, parsePort)
    .option(
      '--host <address>',
      'where to listen; on anything but loopback, whoever opens the page needs the token',
      LOOPBACK,
    )
    .option('--keep-events <count>', 'how many of the newest events are kept', parseCount, KEEP_EVENTS)
    .option('--json', 'write the addresses and messages as JSON, for machines')
    .addHelpText('after', EXAMPLES)
    .action((given: Given) => runCommand(given, (terminal) => runConsole(given, terminal)));
}

async function runConsole(
  { directory, host, port, keepEvents }: Given,
  { environment, json, print, signal }: Terminal,
): Promise<number> {
  const taken = await takeDirectory(directory ?? defaultDirectory(environment));
  try {
    const isLoopback = host === LOOPBACK || host === 'localhost';
    const token = environment['LACEWORK_CONSOLE_TOKEN'] || undefined;
    // It stands in an address and in a cookie, where other characters end it.
    if (token !== undefined && !/^[\w.~+/=-]+$/.test(token)) {
      throw new UsageError('LACEWORK_CONSOLE_TOKEN may hold letters, digits and - . _ ~ + / = only. Set another one.');
    }
    const options = {
      directory: taken.path,
      host: isLoopback ? LOOPBACK : host,
      token: isLoopback ? token : (token ?? randomBytes(24).toString('base64url')),
      keepEvents,
      environment,
    };
    const running = await openConsole(options, port);
    const addresses = hostsOf(options.host).map((one) => addressOf({ ...options, host: one }, running.port));
    if (json) print(JSON.stringify({ addresses, directory: taken.path }));
    else {
      print(`\n  The console is at  ${addresses.join(`\n${' '.repeat(21)}`)}`);
      print(`  Everything is kept in ${taken.path}. Ctrl+C stops it.\n`);
    }
    await untilAborted(signal);
    await running.close();
    return EXIT.done;
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
    const { code = '', syscall } = error as NodeJS.ErrnoException;
    if (NO_SUCH_HOST.includes(code)) {
      throw new UsageError(`This machine has no address ${options.host}. Give another one with --host, or none.`);
    }
    if (code === 'EACCES' && syscall === 'listen') {
      throw new UsageError(
        `Port ${port ?? USUAL_PORT} may not be opened by this user. Give one from 1024 with --port.`,
      );
    }
    if (code !== 'EADDRINUSE') throw error;
    if (port !== undefined) throw new UsageError(`Port ${port} is taken. Give another one with --port, or none.`);
    return await startConsole({ ...all, port: 0 });
  }
}

/** The addresses that a browser can open; no browser gets to "every address of this machine". */
function hostsOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  // A link-local address is none without the name of its interface, which no address of a page can hold.
  const usable = all.filter(({ address, family }) => (host === '::' || family === 'IPv4') && !/^fe80:/i.test(address));
  return usable.map(({ address }) => address);
}

/** Where the page is; the token stands behind the #, which no server and no log gets to see. */
export function addressOf({ host, token }: Pick<ConsoleOptions, 'host' | 'token'>, port: number): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/${token === undefined ? '' : `#token=${token}`}`;
}

function parsePort(text: string): number {
  const port = parseCount(text);
  if (port > 65_535) throw new InvalidArgumentError('It must be between 0 and 65535.');
  return port;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) throw new InvalidArgumentError('It must be a whole number.');
  return count;
}
