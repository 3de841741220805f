import { afterEach, describe, expect, it } from '@jest/globals';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

let stage: Stage;
afterEach(() => stage.close());

describe('Odd alerts in a poll', () => {
  it('are each forwarded, timed by their collection where need be, and named once for each kind', async () => {
    stage = await openStage();
    const startTime = Date.now() - 3_600_000;
    const unreadable = [1, 2, 3].map((alertId) => JSON.stringify({ alertId, startTime: 'soon', severity: 7 }));
    const noObjects = ['42', '"an alert"'];
    for (const text of [...unreadable, ...noObjects]) stage.emulator.add(text, { startTime });
    const before = Date.now();
    const trigger = await stage.start();
    await waitUntil('a poll', () => trigger.output().includes('"poll_ended"'));
    await trigger.stop();
    const events = new Map(
      stage.intake.events.map(({ text }) => [JSON.parse(text).message as string, JSON.parse(text)]),
    );

    expect(stage.intake.events).toHaveLength(5);
    for (const text of noObjects) expect(events.get(text)).toEqual({ message: text });
    for (const text of unreadable) {
      expect(events.get(text).event).toEqual({ kind: 'alert' });
      expect(Date.parse(events.get(text)['@timestamp'])).toBeGreaterThanOrEqual(before);
    }
    const warnings = trigger.logs().filter(({ message }) => message.includes('are odd'));
    const odd = (count: number, what: string) => `${count} alerts are odd: ${what}. What could be read is forwarded.`;
    expect(warnings.map(({ level, message }) => `${level} ${message}`).sort()).toEqual(
      [
        odd(2, 'the alert is not an object'),
        odd(3, 'alertInfo is missing'),
        odd(3, 'alertName is missing'),
        odd(3, 'alertType is missing'),
        odd(3, 'derivedFields is missing'),
        odd(3, 'endTime is missing'),
        odd(3, 'severity is not text'),
        odd(3, 'startTime is not a time'),
        odd(3, 'status is missing'),
      ].map((sentence) => `warning ${sentence}`),
    );
  });

  it('have U+FFFD in the place of bytes that are no UTF-8, and nothing else changes', async () => {
    stage = await openStage();
    const startTime = Date.now() - 3_600_000;
    const text = (id: string, name: string) =>
      `{"alertId": ${id}, "alertName":"${name}", "startTime": "${new Date(startTime).toISOString()}"}`;
    stage.emulator.add(text('9007199254740993', 'Caf\u00e9'), { startTime });
    stage.emulator.faults.set({ kind: 'not-utf8' });
    const trigger = await stage.start();
    await waitUntil('a poll', () => trigger.output().includes('"poll_ended"'));
    await trigger.stop();
    const [{ text: event } = { text: '' }] = stage.intake.events;
    expect(stage.intake.events).toHaveLength(1);
    expect(JSON.parse(event).message).toBe(text('9007199254740993', '\ufffdaf\u00e9'));
    expect(JSON.parse(event).event.reason).toBe('\ufffdaf\u00e9');
    expect(event).toContain('"id":9007199254740993');
  });
});
