import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The health check calls a trigger dead after so long without a heartbeat. */
const HEARTBEAT_THRESHOLD_MS = 300_000;

const deadlines = ['lib/automation-sdk-ts/src', 'lib/lacework', 'triggers'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [
        ...readFileSync(join(root, folder, name), 'utf8').matchAll(
          /^const (\w*(?:DEADLINE|TIMEOUT)_MS) = ([\d_]+);$/gm,
        ),
      ].map(([, constant, value]) => ({ file: `${folder}/${name}`, constant, ms: Number(value?.replaceAll('_', '')) })),
    ),
);

describe('The longest that a call may last', () => {
  it('is known to this test', () => {
    expect(deadlines.map(({ file, constant }) => `${file} ${constant}`)).toEqual(
      expect.arrayContaining([
        'lib/automation-sdk-ts/src/run-module.ts CALL_TIMEOUT_MS',
        'lib/automation-sdk-ts/src/intake-client.ts DEADLINE_MS',
        'lib/automation-sdk-ts/src/storage/s3-client.ts DEADLINE_MS',
        'lib/automation-sdk-ts/src/storage/redis-connection.ts DEADLINE_MS',
        'lib/automation-sdk-ts/src/storage/postgres-connection.ts DEADLINE_MS',
        'lib/lacework/api-caller.ts DEADLINE_MS',
        'triggers/validate-account.ts DEADLINE_MS',
      ]),
    );
  });

  it('is below the threshold of the heartbeat', () => {
    expect(deadlines.filter(({ ms }) => !(ms > 0 && ms < HEARTBEAT_THRESHOLD_MS))).toEqual([]);
  });
});
