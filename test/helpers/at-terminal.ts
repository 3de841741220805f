import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { waitUntil } from './wait-until.js';

const program = fileURLToPath(new URL('../../dist/bin/lacework-trigger.js', import.meta.url));

export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';

/** Whether this machine has the program that gives others a terminal. */
export const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script');

/** A command at a terminal of its own. */
export interface AtTerminal {
  /** Waits until the terminal shows the text. */
  shows(text: string): Promise<void>;
  type(text: string): void;
  /** The exit code, and all that was shown. */
  readonly ended: Promise<{ readonly code: number | null; readonly shown: string }>;
}

/** Starts the built program at a terminal, as a person would. */
export function startAtTerminal(args: readonly string[], env: NodeJS.ProcessEnv): AtTerminal {
  const line = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('/usr/bin/script', ['-qec', line, '/dev/null'], {
    env: { PATH: process.env['PATH'], TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  return {
    shows: (text) => waitUntil(`the terminal shows "${text}"`, () => shown.includes(text)),
    type: (text) => void child.stdin.write(text),
    ended: once(child, 'close').then(([code]) => ({ code, shown: shown.replaceAll('\r\n', '\n') })),
  };
}
