import type { z } from 'zod';
import type { Clock } from './clock.js';
import type { WriteLine } from './console-line.js';
import type { Environment } from './environment.js';
import type { Health } from './health.js';
import type { ProcessMonitor } from './monitor.js';
import type { PlatformConnection } from './platform-connection.js';
import type { PrometheusMetrics } from './prometheus-metrics.js';
import type { Redactor } from './redact.js';
import type { RuntimeValues } from './runtime-values.js';

/** What a module says of itself. */
export interface ModuleOptions<Account> {
  /** As a person knows it. */
  readonly name: string;
  /** As the platform and the metrics know it. */
  readonly slug: string;
  readonly version: string;
  /** Reads the account form; secrets are merged into it before. */
  readonly account: z.ZodType<Account>;
  /** The account's fields that the platform keeps apart and hands out at `url_secrets`. */
  readonly secrets: readonly string[];
}

/** The surroundings of a run, all passed in. */
export interface Surroundings {
  readonly environment: Environment;
  readonly clock: Clock;
  /** Aborted when the process must stop. */
  readonly stop: AbortSignal;
  /** Aborted, with the error as its reason, when an error has escaped everything; a stop follows. */
  readonly crashed: AbortSignal;
  readonly writeLine: WriteLine;
  /** The longest one call to the platform may last. */
  readonly callTimeoutMs: number;
}

/** One run of a module: what its items are started with. */
export interface Session<Account> extends Surroundings {
  readonly module: ModuleOptions<Account>;
  readonly values: RuntimeValues;
  readonly platform: PlatformConnection;
  readonly redactor: Redactor;
  readonly health: Health;
  readonly metrics: PrometheusMetrics;
  readonly monitor: ProcessMonitor;
  /** Aborted when the process must stop, and after a critical message. */
  readonly work: AbortSignal;
}

/** Something that a module can be started for. */
export interface Item<Account> {
  /** True when it stays until the platform stops it, answers for its health, and keeps quiet after a critical message. */
  readonly isResident: boolean;
  /** Ends when the work is done or the process must stop; answers the exit code. Throws CriticalError when only a person can mend it. */
  readonly start: (session: Session<Account>) => Promise<number>;
}
