import { expect, it } from '@jest/globals';
import { alertText } from '../helpers/alert-text.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

const ALERTS = 400;

it('A page that is forwarded slowly keeps its bytes while the next is asked for again and again', async () => {
  const stage = await openStage({ emulator: { pageSize: 100 } });
  try {
    const texts = addAlerts(stage);
    for (const page of [2, 3]) {
      stage.emulator.faults.set({ kind: 'truncated-json', page, times: 1 }, () =>
        stage.emulator.faults.set({ kind: 'reset-mid-body', page, times: 1 }),
      );
    }
    stage.intake.faults.set({ kind: 'late-answer', afterMs: 300 });
    await stage.start({ configuration: { event_format: 'raw', chunk_size: 20, concurrency: 1, start_time: '24' } });
    await waitUntil('all alerts', () => stage.intake.accepted >= ALERTS, 60_000);
    expect(new Set(stage.intake.events.map(({ text }) => text))).toEqual(texts);
    expect(stage.intake.accepted).toBe(ALERTS);
    expect(stage.emulator.calls.filter(({ fault }) => fault !== undefined)).toHaveLength(4);
  } finally {
    await stage.close();
  }
}, 90_000);

/** Alerts that all differ in length, so that bytes of another page would not pass for theirs. */
function addAlerts({ emulator }: Stage): Set<string> {
  const texts = Array.from({ length: ALERTS }, (_, index) => {
    const text = alertText({ id: 1000 + index, start: Date.now() - (index + 10) * 60_000 });
    return `${text.slice(0, -1)},"more":"é${'x'.repeat(index * 3)}"}`;
  });
  for (const text of texts) emulator.add(text);
  return new Set(texts);
}
