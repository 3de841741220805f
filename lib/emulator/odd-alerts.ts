import type { OddAlert } from './faults.js';

const writers: Record<OddAlert, (serial: number, startTime: number) => unknown> = {
  'without-id': (serial, startTime) => ({ ...alert(serial, startTime), alertId: undefined }),
  'id-beyond-2^53': alert,
  'start-without-fraction': (serial, startTime) => ({
    ...alert(serial, startTime),
    startTime: `${new Date(startTime).toISOString().slice(0, 19)}Z`,
  }),
  'start-with-offset': (serial, startTime) => ({
    ...alert(serial, startTime),
    startTime: `${new Date(startTime + 2 * 3_600_000).toISOString().slice(0, 23)}+02:00`,
  }),
  'start-unreadable': (serial, startTime) => ({ ...alert(serial, startTime), startTime: 'yesterday at noon' }),
  'status-nested-deep': alert,
  'not-an-object': (serial) => `alert ${serial}`,
};

/** The text of an alert that no schema foresees; `serial` keeps it apart from others, `startTime` is in milliseconds. */
export function oddAlert(odd: OddAlert, serial: number, startTime: number): string {
  const text = JSON.stringify(writers[odd](serial, startTime));
  switch (odd) {
    case 'id-beyond-2^53':
      // No JavaScript number holds such an id: its digits are written into the text.
      return text.replace(/"alertId":\d+/, `"alertId":${2n ** 53n * 1000n + BigInt(serial)}`);
    case 'status-nested-deep':
      // JSON.stringify runs out of stack on such a value.
      return text.replace('"Open"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    default:
      return text;
  }
}

function alert(serial: number, startTime: number) {
  return {
    alertId: 900_000_000 + serial,
    alertName: 'Odd Alert',
    startTime: new Date(startTime).toISOString(),
    alertType: 'NewViolations',
    severity: 'Low',
    derivedFields: { category: 'Policy', sub_category: 'Compliance', source: 'AWS' },
    endTime: new Date(startTime + 3_600_000).toISOString(),
    lastUserUpdatedTime: '',
    status: 'Open',
    alertInfo: { description: `Odd alert ${serial}`, subject: `Odd Alert: Odd alert ${serial}` },
  };
}
