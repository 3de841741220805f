import { createRedactor, type Message, type Monitor, type Redactor, type Secret } from '@sekoia/automation-sdk-ts';
import type { Terminal } from './terminal.js';

/** Writes monitoring messages to the terminal, those that a person must know: warnings and above. */
export class TerminalMonitor implements Monitor {
  readonly #terminal: Terminal;
  readonly #redactor: Redactor = createRedactor();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  report({ level, code, text }: Message): void {
    if (level === 'debug' || level === 'info') return;
    this.#terminal.tell(level, code, this.#redactor.apply(text));
  }

  heartbeat(): void {
    // Whoever looks at a terminal sees whether the work goes on.
  }

  hide(secret: Secret): void {
    this.#redactor.add(secret);
  }
}
