import { ModuleError } from '@sekoia/automation-sdk-ts';
import type { Workplace } from '../workplace.js';

/** What one check came to. */
export interface Finding {
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, and what to do when it is not well. */
  readonly says: string;
}

/** A check and what it came to, as soon as it is known. */
export type OnFinding = (what: string, finding: Finding) => void;

/** What a check found, or what made it fail, in the failure's own words. */
export async function attempt({ signal }: Workplace, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (signal.aborted || !(error instanceof ModuleError)) throw error;
    return { status: 'failed', says: error.message };
  }
}
