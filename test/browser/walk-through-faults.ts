import assert from 'node:assert/strict';
import { changeFields } from '../../lib/emulator/change-fields.js';
import { sampleAlerts } from '../../lib/emulator/sample-alerts.js';
import { eventRows, goTo, type Walk } from './walk.js';

const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

/** What can go wrong, and what an alert may hold. */
export async function walkThroughFaults({ page, stage, step, complaints }: Walk): Promise<void> {
  const add = (alertId: number, alertName: string) => {
    const startTime = new Date(Date.now() - 60_000).toISOString();
    const text = changeFields(sampleAlerts[1] as string, { startTime, endTime: startTime, alertName });
    stage.emulator.add(text.replace('"alertId": 205', `"alertId": ${alertId}`));
  };

  await step('a fault of the intake is switched on: events wait, and the log says why', async () => {
    await goTo(page, 'Faults');
    await page.getByRole('region', { name: 'Intake' }).getByRole('switch', { name: '503' }).check();
    add(3001, 'While the intake is away');
    await goTo(page, 'Trigger logs');
    await page
      .getByText(/The intake does not take events: .*503/)
      .first()
      .waitFor();
    await page.locator('.run-state[data-state="trouble"]').waitFor();
  });

  await step('the page is reloaded in the middle, and the switch is still on', async () => {
    await goTo(page, 'Faults');
    await page.reload();
    const fault = page.getByRole('region', { name: 'Intake' }).getByRole('switch', { name: '503' });
    await fault.waitFor();
    assert.equal(await fault.isChecked(), true);
    await page.getByRole('button', { name: 'Turn all off' }).click();
    await page.waitForFunction(() => document.querySelectorAll('[role="switch"]:checked').length === 0);
  });

  await step('switched off, the event arrives, once', async () => {
    await goTo(page, 'Events');
    await page.getByRole('cell', { name: 'While the intake is away' }).waitFor();
    assert.equal(await eventRows(page).count(), 8);
    await goTo(page, 'Trigger logs');
    await page.getByText(/The intake takes events again/).waitFor();
  });

  await step('the console goes away and comes back: the page and the playbook go on by themselves', async () => {
    const restarted = stage.restart(1500);
    await page.getByText('The connection to the console is lost.').waitFor();
    await restarted;
    await page.getByText('The connection to the console is lost.').waitFor({ state: 'detached' });
    await page.getByText('8 delivered alerts are remembered').waitFor();
    complaints.splice(0);
  });

  await step('an alert that looks like markup is shown as text', async () => {
    add(3002, HOSTILE);
    await goTo(page, 'Events');
    await page.getByRole('cell', { name: HOSTILE, exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'Event' });
    await panel.getByRole('heading', { name: HOSTILE, exact: false }).waitFor();
    assert.equal(await page.locator('img, main script').count(), 0);
    assert.equal(await page.title(), 'Events · Playbook console');
    await page.keyboard.press('Escape');
  });

  await step('an update of an alert comes as an event of its own, and what changed is marked', async () => {
    stage.emulator.change(210, { severity: 'Critical', status: 'In Progress' });
    await page.getByLabel('Search events').fill('id:210 severity:critical');
    await page.waitForFunction(() => document.querySelectorAll('.table .virtual-row').length === 1);
    await eventRows(page).click();
    const panel = page.getByRole('dialog', { name: 'Event' });
    await panel.getByText('2 fields changed').waitFor();
    const changed = await panel
      .locator('.tree-line[data-changed="true"]')
      .evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset['path']));
    const alert = 'lacework.cloud_security.alert';
    assert.deepEqual(changed.sort(), [`${alert}.severity`, `${alert}.status`]);
    await page.keyboard.press('Escape');
    await page.getByLabel('Search events').fill('');
  });
}
