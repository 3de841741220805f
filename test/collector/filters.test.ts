import { describe, expect, it, jest } from '@jest/globals';
import { alertText } from '../helpers/alert-text.js';
import { add, HOUR_MS, ids, lists, now, open, polled, simulation, throwInTurn, warnings } from './collection-stage.js';

jest.setTimeout(120_000);

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
