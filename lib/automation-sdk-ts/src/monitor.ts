import type { Clock } from './clock.js';
import { consoleLine, type WriteLine } from './console-line.js';
import type { Health } from './health.js';
import type { LogBatcher } from './log-batcher.js';
import type { Level, Message, Monitor } from './message.js';
import type { Redactor } from './redact.js';
import type { Secret } from './secret.js';

/** What the monitor hands its lines to. */
export interface MonitorParts {
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly health: Health;
  readonly write: WriteLine;
  readonly count: (level: Level) => void;
  /** Absent when there is no way to the platform's trigger log. */
  readonly batcher: LogBatcher | undefined;
  /** Called after a critical line: the work ends. */
  readonly onCritical: () => void;
}

/** The monitor of a process: redact → console, metrics, trigger log. */
export class ProcessMonitor implements Monitor {
  readonly #parts: MonitorParts;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
  }

  /** As the interface says; `detail` is for developers and goes to the console alone. */
  report(message: Message, detail?: string): void {
    const { clock, redactor, write, count, batcher, onCritical } = this.#parts;
    const text = redactor.apply(message.text);
    write(consoleLine(clock, message.level, message.code, text, detail && redactor.apply(detail)));
    count(message.level);
    batcher?.add(message.level, text);
    if (message.level === 'critical') onCritical();
  }

  heartbeat(): void {
    this.#parts.health.heartbeat();
  }

  hide(secret: Secret): void {
    this.#parts.redactor.addRotating(secret);
  }
}
