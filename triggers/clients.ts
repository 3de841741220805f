import { type HttpSettings, IntakeClient, type Secret } from '@sekoia/automation-sdk-ts';
import type { Account, Configuration } from '../lib/configuration.js';
import type { Waiting } from '../lib/deliberate-wait.js';
import { LaceworkClient } from '../lib/lacework/client.js';
import type { RateLimit } from '../lib/lacework/rate-limit.js';
import { packageVersion } from '../lib/package-version.js';

/** The longest that single calls may last, in milliseconds; the clients' own where absent. */
export interface Deadlines {
  readonly laceworkMs?: number;
  readonly intakeMs?: number;
}

/** Where calls to Lacework come from. */
export interface LaceworkSurroundings extends Waiting {
  readonly http: HttpSettings;
  readonly rateLimit: RateLimit;
  readonly deadlineMs?: number | undefined;
  /** Fails rather than wait when Lacework allows no calls for a while. */
  readonly failsWhenLimited?: boolean;
}

/** The client of the account's API, as both forms want it. */
export function laceworkClient(
  account: Account,
  configuration: Pick<Configuration, 'sub_account' | 'organization'>,
  surroundings: LaceworkSurroundings,
): LaceworkClient {
  return new LaceworkClient({
    ...surroundings,
    account: account.account,
    keyId: account.keyId,
    secret: account.secret,
    subAccount: configuration.sub_account,
    organization: configuration.organization,
    userAgent: userAgent(),
  });
}

/** The client of the intake, as the configuration wants it. */
export function intakeClient(
  { url, key }: { readonly url: string; readonly key: Secret },
  { compress }: Pick<Configuration, 'compress'>,
  { http, deadlineMs }: { readonly http: HttpSettings; readonly deadlineMs?: number | undefined },
): IntakeClient {
  return new IntakeClient({ url, key, http, userAgent: userAgent(), compress, deadlineMs });
}

function userAgent(): string {
  return `lacework-playbook-module/${packageVersion()}`;
}
