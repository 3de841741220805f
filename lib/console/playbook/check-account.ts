import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CheckVerdict } from '../api.js';
import { startTrigger } from '../platform/start-trigger.js';
import { lineReader } from './process-line.js';
import type { TriggerGround } from './trigger-ground.js';

/** The platform's command for checking an account. */
const VALIDATE = 'validate_module_configuration';
const WITHIN_MS = 60_000;

/** Runs the module's own account check as the platform does: as a process, with a task of its own. */
export async function checkAccount(
  ground: TriggerGround,
  account: Readonly<Record<string, unknown>>,
): Promise<CheckVerdict> {
  const { platform, directory, entryPoint, environment } = ground;
  let failure: string | undefined;
  const files = await mkdtemp(join(directory, 'check-'));
  const place = platform.open({ secrets: {}, account });
  try {
    const run = await startTrigger({
      entryPoint,
      command: VALIDATE,
      values: { place, account: {}, configuration: {}, livenessPort: 0, metricsPort: 0 },
      symphonyDirectory: join(files, 'symphony'),
      dataDirectory: join(files, 'data'),
      env: environment,
      onOutput: lineReader((line) => {
        if (typeof line !== 'string' && line.level === 'critical') failure = line.message;
      }),
    });
    const over = new AbortController();
    const late = delay(WITHIN_MS, 'late' as const, { signal: over.signal }).catch(() => 'late' as const);
    if ((await Promise.race([run.exit, late])) === 'late') {
      failure = 'The check did not end within a minute.';
      await run.kill();
    }
    over.abort();
    const verdict = place.taskStatuses.find(({ status }) => status === 'finished');
    if (verdict?.results) return { success: verdict.results.success, error: verdict.error };
    return { success: false, error: failure ?? 'The check ended without a result.' };
  } finally {
    platform.remove(place);
    await rm(files, { recursive: true, force: true });
  }
}
