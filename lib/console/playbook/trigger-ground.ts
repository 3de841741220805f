import type { Intake } from '../platform/intake.js';
import type { Platform } from '../platform/platform.js';

/** What every process of the module stands on. */
export interface TriggerGround {
  readonly platform: Platform;
  readonly intake: Intake;
  /** The console's own directory. */
  readonly directory: string;
  /** The built entry point. */
  readonly entryPoint: string;
  readonly environment: NodeJS.ProcessEnv;
}
