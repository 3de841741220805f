import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { alertText } from '../helpers/alert-text.js';
import { intakeKey, openStage, type Stage, type StartOptions } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';

jest.setTimeout(120_000);

/** What is promised. */
const TAKEN_OVER_MS = 60_000;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const addAlerts = (from: number, to: number) => {
  for (let id = from; id <= to; id++) stage.emulator.add(alertText({ id, start: Date.now() - 3_600_000 }));
};

describe('Two triggers with the same forms', () => {
  it('collect nothing twice: one waits, says so, and takes over within seconds of a kill -9 of the other', async () => {
    addAlerts(1, 3);
    const first = await stage.start();
    await waitUntil('a poll of the first', () => first.output().includes('"poll_ended"'));
    const second = await stage.start();
    await waitUntil('the second waiting', () => second.output().includes('"lease_waiting"'));
    addAlerts(4, 6);
    // On record, too: what is only delivered at the kill is rightly sent again.
    await waitUntil('another poll of the first', () => first.output().split('"poll_ended"').length > 2);
    expect(stage.intake.events).toHaveLength(6);
    expect(second.output()).not.toContain('"started"');

    await first.kill();
    addAlerts(7, 9);
    await waitUntil('nine events', () => stage.intake.events.length === 9, TAKEN_OVER_MS);
    await waitUntil('the second at work', () => second.output().includes('"nothing_new"'));
    expect(await second.stop()).toEqual({ code: 0, signal: null });
    expect(stage.intake.accepted).toBe(9);
  });
});

describe('The identity of a trigger to which the platform gives no uuid', () => {
  /** The names under which one start after the other keeps its state in a store that they share. */
  const identities = async (starts: readonly StartOptions[]) => {
    const store = join(stage.dataDirectory, 'shared');
    const added: string[][] = [];
    let before: string[] = [];
    for (const start of starts) {
      const configuration = { state_store: pathToFileURL(store).href, ...start.configuration };
      const values = { trigger_configuration_uuid: '', ...start.values };
      const trigger = await stage.start({ ...start, configuration, values });
      await waitUntil('the start', () => trigger.output().includes('"started"'));
      expect(await trigger.stop()).toEqual({ code: 0, signal: null });
      const now = await readdir(store);
      added.push(now.filter((name) => !before.includes(name)));
      before = now;
    }
    return added;
  };

  it("is made of the account's host, the sub-account and the intake, and of nothing else", async () => {
    const host = new URL(stage.emulator.url);
    const added = await identities([
      {},
      { account: { keyId: 'ANOTHER_KEY' }, configuration: { frequency: 60 } },
      { account: { account: `${host.protocol}//localhost:${host.port}` } },
      { configuration: { sub_account: 'one' } },
      { configuration: { intake_key: 'another-intake-key' } },
    ]);
    expect(added.map(({ length }) => length)).toEqual([1, 0, 1, 1, 1]);
    expect(added.flat().join()).not.toContain(intakeKey);
  });

  it("is not asked for where there is the configuration's uuid", async () => {
    const values = { connector_configuration_uuid: '0192f0c1-0000-7000-8000-000000000001' };
    const added = await identities([{ values }, { values, configuration: { sub_account: 'one' } }]);
    expect(added).toEqual([['0192f0c1-0000-7000-8000-000000000001'], []]);
  });
});
