import { describe, expect, it, jest } from '@jest/globals';
import type { SimulatedRun, Simulation } from '../delivery/simulated-run.js';
import { alertText } from '../helpers/alert-text.js';
import {
  add,
  askedFrom,
  DAY_MS,
  events,
  HOUR_MS,
  ids,
  lists,
  MINUTE_MS,
  now,
  open,
  pass,
  polled,
  simulation,
  throwInTurn,
  warnings,
} from './collection-stage.js';

jest.setTimeout(120_000);

describe('A poll during which the lease runs out', () => {
  it('saves no checkpoint and ends, and the next attempt polls again', async () => {
    let isFrozen = false;
    await open(
      {},
      {
        now: () => {
          if (!isFrozen && lists().length > 0) {
            isFrozen = true;
            simulation.clock.freeze(2 * MINUTE_MS);
          }
          return now();
        },
      },
    );
    const run = await simulation.start();
    await polled(run);
    const codes = run.lines.map(({ code }) => code);
    expect(isFrozen).toBe(true);
    expect(codes.filter((code) => ['lease_lost', 'nothing_new'].includes(code))).toEqual(['lease_lost', 'nothing_new']);
    // The sweep that was lost counts as not done: the next poll reads as far back, not the last 2 hours.
    const hoursBack = lists().map((call) => Math.round((call.at - askedFrom(call)) / HOUR_MS));
    expect(hoursBack).toEqual([24, 24]);
    expect(await run.stop()).toBe(0);
  });
});

describe('A late alert', () => {
  it('is forwarded once, whatever its id, its hour and the order it comes in', async () => {
    await open({}, { order: { shuffled: 5 } });
    for (let id = 100; id < 140; id++) add({ id, hoursAgo: 1 });
    const run = await simulation.start();
    await polled(run);
    // A lower and a higher id; the same hour as others, an older one, and one at the very end of the lookback.
    add({ id: 5, hoursAgo: 1 });
    add({ id: 900, hoursAgo: 1 });
    add({ id: 6, hoursAgo: 20 });
    add({ id: 901, hoursAgo: 23.6 }, 20 * MINUTE_MS);
    await pass(HOUR_MS);
    expect(
      ids()
        .slice(40)
        .sort((a, b) => a - b),
    ).toEqual([5, 6, 900, 901]);
    await pass(4 * HOUR_MS);
    expect(new Set(ids()).size).toBe(ids().length);
    expect(await run.stop()).toBe(0);
  });

  it('from the end of the lookback is seen within a quarter of an hour', async () => {
    await open({ lookback_hours: 48 });
    const run = await simulation.start({ start_time: '72' });
    await polled(run, 5);
    add({ id: 1, hoursAgo: 47.7 });
    await pass(15 * MINUTE_MS + 1000);
    expect(ids()).toEqual([1]);
  });

  it('that began before start_time is never collected', async () => {
    await open();
    add({ id: 1, hoursAgo: 5.01 });
    add({ id: 2, hoursAgo: 4.9 });
    const run = await simulation.start({ start_time: '5' });
    await polled(run, 10);
    expect(ids()).toEqual([2]);
  });

  it('that began before start_time is not collected either when Lacework lists it among later ones', async () => {
    await open();
    const from = now() - 5 * HOUR_MS;
    const listed = { startTime: from + HOUR_MS };
    simulation.emulator.add(alertText({ id: 1, start: from - 1 }), listed);
    simulation.emulator.add(alertText({ id: 2, start: from }), listed);
    const run = await simulation.start({ start_time: new Date(from).toISOString() });
    await polled(run, 5);
    expect(ids()).toEqual([2]);
  });
});

describe('After an outage of the trigger', () => {
  it('for 10 days, what began meanwhile is collected, and nothing that was delivered before is sent again', async () => {
    await open();
    const began = now();
    simulation.emulator.addGenerated({ count: 3000, seed: 1, from: began - 20 * HOUR_MS, to: began + 11 * DAY_MS });
    const run = await simulation.start();
    await pass(2 * HOUR_MS);
    await run.stop();
    const before = ids().length;
    expect(before).toBeGreaterThan(200);
    await simulation.clock.advance(10 * DAY_MS);
    const again = await simulation.start();
    await polled(again, 3);
    expect(ids().length).toBeGreaterThan(2700);
    expect(new Set(ids()).size).toBe(ids().length);
    const oldest = Math.min(
      ...events()
        .slice(before)
        .map((event) => Date.parse(event['@timestamp'])),
    );
    expect(oldest).toBeGreaterThanOrEqual(began - DAY_MS);
    expect(warnings(again)).toEqual([]);
  });

  it('for 100 days, the gap is named once with its two ends, also when the first polls fail', async () => {
    await open();
    const run = await simulation.start();
    await polled(run);
    await run.stop();
    await simulation.clock.advance(100 * DAY_MS);
    simulation.emulator.faults.set({ kind: 'status', status: 503, times: 3 });
    const again = await simulation.start();
    await polled(again, 2);
    const gaps = again.lines.filter(({ code }) => code === 'history_gap').map(({ message }) => message);
    expect(gaps).toEqual([
      expect.stringMatching(
        /^Lacework answers for 92 days back: alerts that began from 2026-01-30 09:30:\d\d UTC to 2026-02-08 09:\d\d:\d\d UTC can't be collected\. Look at them in the Lacework console\.$/,
      ),
    ]);
  });
});

describe('A changed alert', () => {
  const change = (changes: Parameters<Simulation['emulator']['change']>[1]) => simulation.emulator.change(1, changes);
  const sent = () => events().map((event) => event.lacework.cloud_security.alert.status);

  it('is forwarded again once for each change, and a change back is a change', async () => {
    await open({ forward_updates: true });
    add({ id: 1, hoursAgo: 1 });
    const run = await simulation.start();
    await polled(run);
    for (const status of ['Closed', 'Open']) {
      change({ status });
      await polled(run, 3);
    }
    expect(sent()).toEqual(['Open', 'Closed', 'Open']);
    change({ lastUserUpdatedTime: '2026-01-31T10:00:00.000Z' });
    await polled(run, 3);
    expect(sent()).toHaveLength(3);
    const steps = [
      { severity: 'Critical' },
      { endTime: '2026-01-31T12:00:00.000Z' },
      { alertName: 'B' },
      { subject: 'C' },
    ];
    for (const one of [...steps, { description: 'D' }]) {
      change(one);
      // Older than two hours by now, it is seen by every third poll.
      await polled(run, 3);
    }
    expect(sent()).toHaveLength(8);
    await run.stop();
    const again = await simulation.start();
    await polled(again, 5);
    expect(sent()).toHaveLength(8);
  });

  it('is not, unless asked for; and switching it on sends nothing again', async () => {
    await open();
    add({ id: 1, hoursAgo: 1 });
    const run = await simulation.start();
    await polled(run);
    change({ status: 'Closed' });
    await polled(run, 3);
    await run.stop();
    const again = await simulation.start({ forward_updates: true });
    await polled(again, 5);
    expect(sent()).toEqual(['Open']);
    change({ status: 'Open' });
    await polled(again);
    expect(sent()).toEqual(['Open', 'Open']);
  });
});

describe('A change of an alert that is still on its way', () => {
  it('is on record only when the alert is: after a stop in between, the alert is delivered', async () => {
    await open();
    add({ id: 1, hoursAgo: 1 });
    add({ id: 1, hoursAgo: 1, status: 'Closed' });
    simulation.intake.faults.set({ kind: 'status', status: 503 });
    const run = await simulation.start();
    await pass(10 * MINUTE_MS);
    expect(await run.stop()).toBe(0);
    simulation.intake.faults.clear();
    const again = await simulation.start();
    await polled(again, 2);
    expect(ids()).toEqual([1]);
  });
});

describe('Filters', () => {
  const addKinds = () => {
    add({ id: 1, hoursAgo: 1, severity: 'Critical', type: 'A', category: 'Policy', source: 'AWS' });
    add({ id: 2, hoursAgo: 1, severity: 'High', type: 'B', category: 'Anomaly', source: 'GCP' });
    add({ id: 3, hoursAgo: 1, severity: 'Low', type: 'A', category: 'Policy', source: 'AWS' });
    add({ id: 4, hoursAgo: 1, severity: 'High', type: 'A', category: 'Composite', source: 'Azure' });
  };

  it('for severity and types go to the server, and categories and sources are checked here', async () => {
    await open({ min_severity: 'high', alert_types: ['A'], categories: ['policy'], sources: ['aws'] });
    addKinds();
    const run = await simulation.start();
    await polled(run);
    expect(ids()).toEqual([1]);
    const [search] = lists();
    expect(`${search?.method} ${search?.path}`).toBe('POST /api/v2/Alerts/search');
    expect(JSON.parse(search?.search ?? '').filters).toEqual([
      { field: 'severity', expression: 'in', values: ['High', 'Critical'] },
      { field: 'alertType', expression: 'in', values: ['A'] },
    ]);
  });

  it('that the server refuses are applied here alone, with one warning', async () => {
    await open({ min_severity: 'high', filters: [{ field: 'nonsense', expression: 'eq', value: 'x' }] });
    addKinds();
    const run = await simulation.start();
    await polled(run, 3);
    expect(ids().sort()).toEqual([1, 2, 4]);
    expect(warnings(run)).toEqual([
      'warning Lacework refuses the filtered search (status 400): all alerts are fetched and filtered here. The API filters as written are NOT applied: correct the field filters.',
    ]);
    expect(lists().map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it.each([404, 405, 422])(
    'stay where they are when a search fails with status %d, and nothing is lost',
    async (status) => {
      await open({ min_severity: 'high', filters: [{ field: 'alertType', expression: 'eq', value: 'A' }] });
      addKinds();
      simulation.emulator.faults.set({ kind: 'status', status, on: 'list', times: 1 });
      const run = await simulation.start();
      await polled(run);
      expect(ids().sort()).toEqual([1, 4]);
      expect(lists().map(({ method }) => method)).toEqual(['POST', 'POST']);
      expect(warnings(run)).toEqual([expect.stringMatching(new RegExp(`refuses the request \\(status ${status}\\)`))]);
    },
  );

  it('that the server refuses are asked for again when the plain list fails as well', async () => {
    await open({ min_severity: 'high' });
    addKinds();
    throwInTurn({ kind: 'status', status: 400, times: 1 }, { kind: 'status', status: 503, times: 1 });
    const run = await simulation.start();
    await polled(run, 2);
    expect(lists().map(({ method, status }) => `${method} ${status}`)).toEqual([
      'POST 400',
      'GET 503',
      'POST 200',
      'POST 200',
    ]);
    expect(warnings(run)).toEqual([
      expect.stringMatching(
        /^warning HOST answers with an error of its own \(status 503\)\. The poll is made again in/,
      ),
    ]);
  });

  it("in the API's own terms are passed on as written, and named at the start", async () => {
    const filters = [{ field: 'alertType', expression: 'rlike', value: '^B$' }];
    await open({ filters });
    addKinds();
    const run = await simulation.start();
    await polled(run);
    expect(ids()).toEqual([2]);
    expect(JSON.parse(lists()[0]?.search ?? '').filters).toEqual(filters);
    expect(run.lines.find(({ code }) => code === 'started')?.message).toContain(
      'API filters passed on as written: [{"field":"alertType","expression":"rlike","value":"^B$"}].',
    );
  });

  it('of which none is set mean plain GET', async () => {
    await open();
    const run = await simulation.start();
    await polled(run);
    expect(lists().map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('In an organization', () => {
  it.each([
    ['a sub-account is asked for by its name', { sub_account: 'acme-eu' }, [1], ['acme-eu', undefined]],
    ['all of it is asked for', { organization: true }, [1, 2], [undefined, 'true']],
  ])('%s', async (_, configuration, expected, [accountName, orgAccess]) => {
    await open(configuration);
    const start = now() - HOUR_MS;
    simulation.emulator.add(alertText({ id: 1, start }), { subAccount: 'acme-eu' });
    simulation.emulator.add(alertText({ id: 2, start }));
    const run = await simulation.start();
    await polled(run);
    expect(ids().sort()).toEqual(expected);
    for (const call of simulation.emulator.calls) {
      expect([call.accountName, call.orgAccess]).toEqual([accountName, orgAccess]);
    }
  });
});

describe('Details', () => {
  const details = () => simulation.emulator.calls.filter(({ called }) => called === 'details');
  const entityMap = '{"CT_User":[{"KEY":{"username":"mallory"},"PROPS":{}}]}';
  const addOne = (id: number, severity: string, hoursAgo = 1) =>
    simulation.emulator.add(alertText({ id, severity, start: now() - hoursAgo * HOUR_MS }), { entityMap });
  const summary = (run: SimulatedRun) => run.lines.find(({ code }) => code === 'poll_ended')?.message;

  it("fill the event's fields, while message stays the list's element, and are fetched once", async () => {
    await open({ fetch_details: true });
    const { text } = addOne(1, 'High');
    const run = await simulation.start();
    await polled(run, 3);
    expect(details().map(({ path }) => path)).toEqual(['/api/v2/Alerts/1?scope=Details']);
    const [event] = events();
    expect(event.message).toBe(text);
    expect(event.related.user).toContain('mallory');
  });

  it('go to the most severe first, then to the newest, as far as the budget reaches; the summary counts the rest', async () => {
    await open({ fetch_details: true, ratelimit_per_hour: 30, frequency: 300 });
    for (let id = 1; id <= 40; id++) addOne(id, id % 10 === 0 ? 'Critical' : 'Low', 1 + id / 100);
    const run = await simulation.start();
    await polled(run);
    const fetched = details().map(({ path }) => Number(/Alerts\/(\d+)/.exec(path)?.[1]));
    expect(fetched.length).toBeGreaterThan(4);
    expect(fetched.length).toBeLessThan(20);
    expect(fetched.slice(0, 6)).toEqual([10, 20, 30, 40, 1, 2]);
    expect(ids()).toHaveLength(40);
    expect(summary(run)).toContain(`, ${40 - fetched.length} without details`);
    await pass(2 * HOUR_MS);
    expect(warnings(run)).toEqual([]);
    for (const { at } of simulation.emulator.calls) {
      const hour = simulation.emulator.calls.filter((call) => call.at > at - HOUR_MS && call.at <= at);
      expect(hour.length).toBeLessThanOrEqual(30);
    }
  });

  it('are not fetched for what is not wanted, nor for a change of what has been delivered', async () => {
    await open({ fetch_details: true, forward_updates: true, min_severity: 'high' }, { searchableFields: [] });
    addOne(1, 'High');
    addOne(2, 'Low');
    const run = await simulation.start();
    await polled(run);
    simulation.emulator.change(1, { status: 'Closed' });
    await polled(run, 3);
    expect(ids()).toEqual([1, 1]);
    expect(details().map(({ path }) => path)).toEqual(['/api/v2/Alerts/1?scope=Details']);
  });

  it.each([
    ['a status', { kind: 'status', status: 500, on: 'details' } as const],
    ['too many calls', { kind: 'too-many-requests', says: 'retry-after', seconds: 3600, on: 'details' } as const],
    ['no answer', { kind: 'reset-before-headers', on: 'details' } as const],
  ])('that fail with %s hold no alert back', async (_, fault) => {
    await open({ fetch_details: true });
    for (let id = 1; id <= 20; id++) addOne(id, 'High');
    simulation.emulator.faults.set(fault);
    const run = await simulation.start();
    const began = now();
    await polled(run);
    expect(ids()).toHaveLength(20);
    expect(now() - began).toBeLessThan(MINUTE_MS);
    expect(details().length).toBeLessThanOrEqual(3);
    expect(summary(run)).toContain(', 20 without details');
    expect(warnings(run)).toEqual([]);
  });

  it.each([
    ['is slow in coming', { kind: 'hang-before-headers', on: 'token' } as const],
    ['is refused', { kind: 'status', status: 500, on: 'token' } as const],
  ])('wait for no token: when theirs is lost and the next %s, the alerts go out without', async (_, fault) => {
    await open({ fetch_details: true });
    for (let id = 1; id <= 20; id++) addOne(id, 'High');
    simulation.emulator.faults.set({ kind: 'token-lost', on: 'details', times: 1 }, () => {
      simulation.emulator.faults.set(fault);
    });
    const run = await simulation.start();
    const began = performance.now();
    await polled(run);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(ids()).toHaveLength(20);
    expect(details()).toHaveLength(1);
    expect(summary(run)).toContain(', 20 without details');
  });

  it('are refused with raw alerts, saying why', async () => {
    await open({ fetch_details: true, event_format: 'raw' });
    const run = await simulation.start();
    await simulation.clock.runUntil('critical', () => run.lines.some(({ level }) => level === 'critical'), MINUTE_MS);
    expect(run.lines.find(({ level }) => level === 'critical')?.message).toMatch(
      /fetch_details can not be used with the event format raw: details only fill fields of the normalized event/,
    );
  });
});

describe('The budget of calls', () => {
  const callsInAnyHour = () => {
    const times = simulation.emulator.calls.map(({ at }) => at);
    return Math.max(...times.map((at) => times.filter((other) => other > at - HOUR_MS && other <= at).length));
  };

  it('that can not carry the frequency stretches the interval, with one warning that names it', async () => {
    await open({ frequency: 5, ratelimit_per_hour: 60 });
    const run = await simulation.start();
    await pass(2 * HOUR_MS);
    expect(callsInAnyHour()).toBeLessThanOrEqual(60);
    expect(warnings(run)).toEqual([
      "warning A poll every 5 s can't be carried by 60 API calls an hour: the interval in effect is 67 s. Every alert is still collected.",
    ]);
    expect(lists().length).toBeGreaterThan(100);
  });

  it('that can not carry the pages of polls and sweeps stretches the interval by as much as they need', async () => {
    await open({ frequency: 60 }, { pageSize: 10 });
    for (let id = 0; id < 100; id++) add({ id, hoursAgo: 0.5 });
    for (let id = 100; id < 300; id++) add({ id, hoursAgo: 12 });
    const run = await simulation.start();
    await pass(80 * MINUTE_MS);
    // 10 calls a poll and 30 a sweep: 480 less 2 tokens and 4 sweeps carry 35.8 polls an hour.
    expect(warnings(run)).toEqual([
      "warning A poll every 60 s can't be carried by 480 API calls an hour: the interval in effect is 101 s. Every alert is still collected.",
    ]);
    const starts = lists().flatMap(({ page, at }) => (page === 1 ? [at] : []));
    const gaps = starts.map((at, index) => Math.round(at - (starts[index - 1] ?? at)));
    expect(new Set(gaps.slice(3))).toEqual(new Set([100_559]));
    expect(callsInAnyHour()).toBeLessThanOrEqual(480);
    expect(new Set(ids()).size).toBe(300);
  });

  it('is kept through a backlog that needs more, said once an hour, and nothing is lost', async () => {
    await open({ ratelimit_per_hour: 20 }, { pageSize: 10 });
    simulation.emulator.addGenerated({ count: 300, seed: 4, from: now() - 20 * HOUR_MS, to: now() - HOUR_MS });
    const run = await simulation.start();
    await polled(run);
    expect(callsInAnyHour()).toBeLessThanOrEqual(20);
    expect(new Set(ids()).size).toBe(300);
    expect(warnings(run).filter((line) => line.includes('are used up'))).toEqual(
      ['10:30:00', '11:30:00'].map(
        (time) =>
          `warning The 20 API calls of this hour are used up; collection goes on where it was at 2026-01-31 ${time} UTC.`,
      ),
    );
  });

  it("is lowered by the server's own figures", async () => {
    await open({ frequency: 10 }, { rateLimitPerHour: 100 });
    const run = await simulation.start();
    await pass(3 * HOUR_MS);
    expect(simulation.emulator.calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(callsInAnyHour()).toBeLessThanOrEqual(200);
    expect(warnings(run).filter((line) => line.includes('interval in effect'))).toHaveLength(1);
  });
});
