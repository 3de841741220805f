import type { Page } from 'playwright-core';
import { CALLS_PER_HOUR, type ConsoleStage, key } from './console-stage.js';

/** What the walk has done by hand, done by the page's own calls. */
export async function setUpPlaybook(page: Page, { emulator }: ConsoleStage): Promise<void> {
  const ask = (path: string, body: object) =>
    page.evaluate(
      async ([to, text]) => {
        const headers = { 'Content-Type': 'application/json' };
        return (await fetch(to, { method: 'POST', headers, body: text })).json();
      },
      [path, JSON.stringify(body)] as const,
    );
  const { id: intake } = await ask('/api/intakes', { name: 'Lacework alerts' });
  const { key: intakeKey } = await ask(`/api/intakes/${intake}/key`, {});
  const account = { account: emulator.url, ...key };
  const { id: accountId } = await ask('/api/accounts', { name: 'acme production', values: account });
  const form = { frequency: 2, intake_key: intakeKey, ratelimit_per_hour: CALLS_PER_HOUR };
  const { id: configurationId } = await ask('/api/configurations', { name: 'every minute', values: form });
  await ask('/api/playbook/choose', { accountId, configurationId });
  await ask('/api/playbook/start', {});
}
