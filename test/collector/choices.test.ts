import { describe, expect, it } from '@jest/globals';
import { createAlertFilter, serverFilters, severityRank } from '../../lib/collector/alert-filter.js';
import { fingerprint } from '../../lib/collector/fingerprint.js';
import { paceMs } from '../../lib/collector/pace.js';

const alert = { severity: 'High', alertType: 'A', category: 'Policy', source: 'AWS' };

describe('The filter', () => {
  it.each([
    [{}, true],
    [{ min_severity: 'high' as const }, true],
    [{ min_severity: 'critical' as const }, false],
    [{ alert_types: ['a'] }, true],
    [{ alert_types: ['B'] }, false],
    [{ categories: ['POLICY'], sources: ['gcp', 'aws'] }, true],
    [{ sources: ['GCP'] }, false],
    [{ alert_types: [] }, true],
  ])('%j lets the alert through: %p', (fields, passes) => {
    const { min_severity, alert_types, categories, sources } = fields as Record<string, undefined>;
    const filter = createAlertFilter({ min_severity, alert_types, categories, sources, filters: undefined });
    expect(filter(alert)).toBe(passes);
  });

  it('holds back no alert whose severity can not be judged', () => {
    const filter = createAlertFilter({
      min_severity: 'high',
      alert_types: undefined,
      categories: undefined,
      sources: undefined,
      filters: undefined,
    });
    expect([filter({ ...alert, severity: 'Urgent' }), filter({ ...alert, severity: undefined })]).toEqual([true, true]);
    expect(['info', 'Critical', 'urgent', 5].map(severityRank)).toEqual([0, 4, undefined, undefined]);
  });

  it('asks the server for nothing that lets everything through', () => {
    const none = { alert_types: [], categories: ['Policy'], sources: ['AWS'], filters: undefined };
    expect(serverFilters({ ...none, min_severity: 'info' })).toEqual([]);
  });
});

describe('The fingerprint of what can change', () => {
  const of = (changes: Record<string, unknown>) =>
    fingerprint({
      status: 'Open',
      severity: 'Low',
      endTime: 'T',
      alertName: 'N',
      subject: 'S',
      description: 'D',
      ...changes,
    });

  it('tells every change of every value, kind and place', () => {
    const all = [
      {},
      { status: 'Closed' },
      { severity: 'High' },
      { endTime: 'U' },
      { alertName: 'M' },
      { subject: 'T' },
      { description: 'E' },
      { status: undefined },
      { status: null },
      { status: '' },
      { status: 5 },
      { status: '5' },
      { subject: 'D', description: 'S' },
      { subject: 'SD', description: '' },
      { status: {} },
      { status: [] },
      { status: ['Open'] },
      { status: [['Open']] },
      { status: { 0: 'Open' } },
      { status: { name: 'Open' } },
      { status: { name: ['Open'] } },
    ];
    expect(new Set(all.map(of)).size).toBe(all.length);
    expect(of({})).toBe(of({}));
  });

  it.each(['status', 'severity', 'endTime', 'alertName', 'subject', 'description'])(
    'is the same each time for a %s that is nested without end, and another when its depth changes',
    (field) => {
      const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
      const deep = of({ [field]: nested(100_000) });
      expect(deep).toBe(of({ [field]: nested(100_000) }));
      expect(deep).not.toBe(of({ [field]: nested(100_001) }));
    },
  );
});

describe('The pace', () => {
  it.each([
    [60, { perHour: 480, pollCalls: 1, sweepCalls: 1 }, 60],
    [8, { perHour: 480, pollCalls: 1, sweepCalls: 1 }, 8],
    [5, { perHour: 480, pollCalls: 1, sweepCalls: 1 }, 3600 / 474],
    [60, { perHour: 480, pollCalls: 10, sweepCalls: 20 }, 36_000 / 398],
    [60, { perHour: 480, pollCalls: 10, sweepCalls: 500 }, 900],
    [1200, { perHour: 480, pollCalls: 10, sweepCalls: 500 }, 900],
  ])('of a frequency of %d s with %j is %d s', (frequency, load, seconds) => {
    expect(paceMs(frequency * 1000, load)).toBeCloseTo(seconds * 1000, 3);
  });
});
