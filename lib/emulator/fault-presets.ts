import type { Fault } from './faults.js';
import { oddAlertPresets, sequencePresets } from './page-fault-presets.js';
import type { FaultPreset } from './switch-board.js';

type Preset = FaultPreset<Fault>;

const errors: readonly Preset[] = [
  ...([500, 502, 503, 504] as const).map(
    (status): Preset => ({
      id: `status-${status}`,
      group: 'Errors',
      title: `${status}`,
      description: `Every call is answered with ${status}.`,
      fault: { kind: 'status', status, on: 'any' },
    }),
  ),
  {
    id: 'too-many-retry-after',
    group: 'Errors',
    title: '429 with Retry-After',
    description: 'List calls are refused as too many, and Retry-After says to come back in 30 seconds.',
    fault: { kind: 'too-many-requests', says: 'retry-after', seconds: 30 },
  },
  {
    id: 'too-many-rate-limit-reset',
    group: 'Errors',
    title: '429 with RateLimit-Reset',
    description: 'List calls are refused as too many, and RateLimit-Reset says to come back in 30 seconds.',
    fault: { kind: 'too-many-requests', says: 'rate-limit-reset', seconds: 30 },
  },
  {
    id: 'too-many-bare',
    group: 'Errors',
    title: '429 without a hint',
    description: 'List calls are refused as too many, and nothing says for how long.',
    fault: { kind: 'too-many-requests', says: 'nothing' },
  },
  {
    id: 'too-many-until',
    group: 'Errors',
    title: '429 until a time',
    description: 'List calls are refused as too many, and Retry-After names the time to come back at, in 30 seconds.',
    fault: { kind: 'too-many-requests', says: 'retry-after-date', seconds: 30 },
  },
  {
    id: 'budget-of-nothing',
    group: 'Errors',
    title: 'A budget of nothing',
    description: 'Answers are right, and say that no call is allowed in an hour and none is left, without an end.',
    fault: { kind: 'budget-figures', limit: '0', remaining: '0' },
  },
  {
    id: 'token-lost',
    group: 'Errors',
    title: '401 in the middle',
    description: 'The token of the next list call stops being valid, once.',
    fault: { kind: 'token-lost', times: 1 },
  },
  {
    id: 'forbidden',
    group: 'Errors',
    title: '403',
    description: 'List calls are answered with 403, as for a key that may not read alerts.',
    fault: { kind: 'status', status: 403 },
  },
  {
    id: 'key-revoked',
    group: 'Errors',
    title: 'Key revoked',
    description: 'The access key and every token made with it are refused.',
    fault: { kind: 'key-revoked', on: 'any' },
  },
];

const contents: readonly Preset[] = [
  {
    id: 'no-content',
    group: 'Contents',
    title: '204 in place of a page',
    description: 'A page is answered with 204 and an empty body although there are alerts.',
    fault: { kind: 'no-content' },
  },
  {
    id: 'empty-object',
    group: 'Contents',
    title: '{} in place of a page',
    description: 'A page is answered with an empty object although there are alerts.',
    fault: { kind: 'empty-object' },
  },
  {
    id: 'null-data',
    group: 'Contents',
    title: 'data: null',
    description: 'A page carries null in place of its alerts.',
    fault: { kind: 'null-data' },
  },
  {
    id: 'no-paging',
    group: 'Contents',
    title: 'No paging',
    description: 'A page carries its alerts, but neither counts nor the way to the next page.',
    fault: { kind: 'no-paging' },
  },
  {
    id: 'data-not-array',
    group: 'Contents',
    title: 'data is no array',
    description: 'A page carries an object in place of the array of alerts.',
    fault: { kind: 'data-not-array' },
  },
  {
    id: 'html-page',
    group: 'Contents',
    title: 'HTML with status 200',
    description: "A page is answered with a proxy's sign-in page and status 200.",
    fault: { kind: 'html-page' },
  },
  {
    id: 'truncated-json',
    group: 'Contents',
    title: 'Truncated JSON',
    description: 'The second half of a page is missing, and the length header agrees with what is left.',
    fault: { kind: 'truncated-json' },
  },
  {
    id: 'endless-body',
    group: 'Contents',
    title: 'A body without end',
    description: 'A page streams alerts for as long as the reader takes them.',
    fault: { kind: 'endless-body' },
  },
];

const connections: readonly Preset[] = [
  {
    id: 'reset-before-headers',
    group: 'Connection',
    title: 'Reset',
    description: 'The connection is reset before anything is answered.',
    fault: { kind: 'reset-before-headers', on: 'any' },
  },
  {
    id: 'reset-mid-body',
    group: 'Connection',
    title: 'Reset in the middle',
    description: 'The connection is reset after half of the body.',
    fault: { kind: 'reset-mid-body' },
  },
  {
    id: 'hang-before-headers',
    group: 'Connection',
    title: 'No answer',
    description: 'The call is accepted and never answered.',
    fault: { kind: 'hang-before-headers' },
  },
  {
    id: 'hang-mid-body',
    group: 'Connection',
    title: 'Silence in the middle',
    description: 'Headers and half of the body are sent, then nothing more.',
    fault: { kind: 'hang-mid-body' },
  },
  {
    id: 'slow-body',
    group: 'Connection',
    title: 'One byte a second',
    description: 'The body arrives one byte a second.',
    fault: { kind: 'slow-body' },
  },
  {
    id: 'redirect-other-origin',
    group: 'Connection',
    title: 'Redirect to another host',
    description: 'List calls are redirected to a host that must never see the token.',
    fault: { kind: 'redirect-other-origin' },
  },
  {
    id: 'redirect-same-origin',
    group: 'Connection',
    title: 'Redirect on the same host',
    description: 'List calls are redirected once, on the same host, and then answered.',
    fault: { kind: 'redirect-same-origin' },
  },
  {
    id: 'wrong-clock',
    group: 'Connection',
    title: 'Clock off by an hour',
    description: 'The Date header is an hour ahead of the time.',
    fault: { kind: 'wrong-clock', offsetSeconds: 3600 },
  },
];

/** Every fault of the API that can be switched on, with what a person reads beside the switch. */
export const faultPresets: readonly Preset[] = [
  ...errors,
  ...contents,
  ...connections,
  ...sequencePresets,
  ...oddAlertPresets,
];
