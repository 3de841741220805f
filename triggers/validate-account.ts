import { type AccountContext, type AccountVerdict, ModuleError } from '@sekoia/automation-sdk-ts';
import type { Account } from '../lib/configuration.js';
import { RateLimit } from '../lib/lacework/rate-limit.js';
import { laceworkClient } from './clients.js';

const CALLS = 10;
const HOUR_MS = 3_600_000;
const DEADLINE_MS = 20_000;

/** Checks the account behind the sidebar form: the key is accepted, and may read alerts. */
export async function validateAccount(context: AccountContext<Account>): Promise<AccountVerdict> {
  const { account, clock } = context;
  try {
    const client = laceworkClient(
      account,
      { organization: false },
      { ...context, rateLimit: new RateLimit(clock, CALLS), deadlineMs: DEADLINE_MS, failsWhenLimited: true },
    );
    await client.connect();
    await client.listAlerts({ from: client.now() - HOUR_MS, to: client.now() });
    return { success: true };
  } catch (error) {
    if (error instanceof ModuleError) return { success: false, error: error.message };
    throw error;
  }
}
