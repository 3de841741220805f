import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Fault, OddAlert } from '../../lib/emulator/faults.js';
import type { Stage } from '../helpers/stage.js';
import { ALERTS, expectEachOnce, switchOn, throwAtProcess } from './thrown-faults.js';

const times = 1;
const again = (problem: string) => `warning ${problem} The page is asked for again.`;
const pollAgain = (problem: string) => [
  `warning ${problem} The poll is made again in N s; nothing is lost.`,
  'info Lacework answers again after 1 failed poll in N s; what was missed is collected.',
];
const noPage = (what: string) =>
  `Lacework's answer is not a page of alerts (${what}); a proxy in between may have written it.`;
const announced = (total: number | 'no number of', sent: number, why: string) =>
  `warning Lacework announced ${total} alerts for TIME to TIME and sent ${sent} (${why})`;
const reread = (total: number | 'no number of', sent: number, why: string) => [
  `${announced(total, sent, why)}; they are read again.`,
];
const RESET = 'HOST closed the connection before its answer was complete (ECONNRESET).';
const FEWER = 'fewer rows than announced';

const passing: readonly (readonly [string, Fault, readonly string[]])[] = [
  ...([500, 502, 503, 504] as const).map((status): [string, Fault, string[]] => [
    `${status} in the middle of a sequence`,
    { kind: 'status', status, page: 2, times },
    [again(`HOST answers with an error of its own (status ${status}).`)],
  ]),
  [
    '500 at the first page',
    { kind: 'status', status: 500, page: 1, times },
    pollAgain('HOST answers with an error of its own (status 500).'),
  ],
  [
    '429 with Retry-After',
    { kind: 'too-many-requests', says: 'retry-after', seconds: 1, page: 2, times },
    ['warning Lacework allows no more calls until TIME; collection then goes on where it was.'],
  ],
  [
    '429 with RateLimit-Reset',
    { kind: 'too-many-requests', says: 'rate-limit-reset', seconds: 1, page: 2, times },
    ['warning Lacework allows no more calls until TIME; collection then goes on where it was.'],
  ],
  ['401 in the middle of a sequence', { kind: 'token-lost', page: 2, times }, []],
  [
    '403',
    { kind: 'status', status: 403, page: 1, times },
    pollAgain(
      "HOST doesn't let this API key read alerts (status 403). Give its service user read access to alerts in the Lacework console.",
    ),
  ],
  ['204 in place of the first page', { kind: 'no-content', page: 1, times }, []],
  ['204 in place of a further page', { kind: 'no-content', page: 2, times }, reread(ALERTS, 100, FEWER)],
  ['{} in place of a further page', { kind: 'empty-object', page: 2, times }, reread(ALERTS, 100, FEWER)],
  ['data: null', { kind: 'null-data', page: 3, times }, reread(ALERTS, 200, FEWER)],
  ['data: null, and a next page', { kind: 'null-data', page: 2, times }, reread(ALERTS, 150, FEWER)],
  ['no paging', { kind: 'no-paging', page: 1, times }, reread('no number of', 100, 'no number of rows announced')],
  ['data that is no list', { kind: 'data-not-array', page: 2, times }, [again(noPage('"data" is no list'))]],
  ['HTML with status 200', { kind: 'html-page', page: 2, times }, [again(noPage('not an object'))]],
  ['truncated JSON', { kind: 'truncated-json', page: 2, times }, [again(noPage('cut short'))]],
  [
    'a body over the size bound',
    { kind: 'endless-body', page: 2, times },
    [again('HOST sent a larger answer than is accepted (ERR_BODY_TOO_LARGE).')],
  ],
  ['a reset connection', { kind: 'reset-before-headers', page: 2, times }, [again(RESET)]],
  ['a connection reset in the middle', { kind: 'reset-mid-body', page: 2, times }, [again(RESET)]],
  ['a page that comes twice', { kind: 'page-twice', page: 1, times }, []],
  [
    'a page that comes in place of the next',
    { kind: 'page-before-again', page: 2, times },
    reread(ALERTS, 150, 'a page came twice'),
  ],
  ['an id that comes twice', { kind: 'id-twice', page: 2, times }, []],
  [
    'a byte that is no UTF-8',
    { kind: 'not-utf8', page: 1, times },
    ['warning 1 alert is odd: the page has bytes that are not UTF-8. What could be read is forwarded.'],
  ],
  ['a sequence that ends early', { kind: 'early-end', page: 1, times }, reread(ALERTS, 100, FEWER)],
  ['an empty answer in the middle', { kind: 'empty-page', page: 2, times }, reread(ALERTS, 100, FEWER)],
  ['a redirect on the same host', { kind: 'redirect-same-origin', page: 2, times }, []],
];

describe('A fault that passes: every alert arrives once, and a person reads what happened', () => {
  it.concurrent.each(passing)(
    '%s',
    async (_, fault, expected) => {
      await throwAtProcess({ throwFaults: switchOn(fault) }, ({ lines, arrived }) => {
        expect(lines).toEqual(expected);
        expectEachOnce(arrived, ALERTS);
      });
    },
    120_000,
  );
});

describe('A fault that stays until it is switched off', () => {
  const off = ({ emulator }: Stage) => emulator.faults.clear();
  const agreed = (sent: number, why: string) => [
    `${announced(ALERTS, sent, why)}; they are read again.`,
    `${announced(ALERTS, sent, why)}; a second reading agreed, so the window counts as read.`,
  ];
  it.concurrent.each<[string, Fault, string[]]>([
    ['a sequence that ends early each time', { kind: 'early-end', page: 1 }, agreed(100, FEWER)],
    ['a nextPage that never ends', { kind: 'endless-pages', page: 1 }, agreed(100, 'the pages do not end')],
  ])(
    '%s: two readings that agree are taken for the content, with a warning, and the rest arrives later, once',
    async (_, fault, expected) => {
      await throwAtProcess({ throwFaults: switchOn(fault), afterFirstPoll: off }, ({ lines, arrived, stage }) => {
        expect(lines.slice(0, 2)).toEqual(expected);
        expectEachOnce(arrived, ALERTS);
        expect(stage.emulator.calls.length).toBeLessThan(200);
      });
    },
    120_000,
  );

  it.concurrent.each<[string, number, RegExp]>([
    [
      'ahead',
      3600,
      /^warning This machine's clock is \d+ min behind HOST; the server's time is used\. Set the clock\.$/,
    ],
    [
      'behind',
      -3600,
      /^warning This machine's clock is \d+ min ahead of HOST; the server's time is used\. Set the clock\.$/,
    ],
  ])(
    "a server's clock that is an hour %s",
    async (_, offsetSeconds, expected) => {
      await throwAtProcess(
        { throwFaults: switchOn({ kind: 'wrong-clock', offsetSeconds, on: 'any' }), afterFirstPoll: off },
        ({ lines, arrived }) => {
          expect(lines).toEqual([expect.stringMatching(expected)]);
          expectEachOnce(arrived, ALERTS);
        },
      );
    },
    120_000,
  );
});

describe('The token never goes to another host', () => {
  it.concurrent.each<[string, 'foreign-next-page' | 'redirect-other-origin', RegExp]>([
    [
      'in a nextPage',
      'foreign-next-page',
      /^warning Lacework's answer continues on another server \(127\.0\.0\.1:\d+\), which was not called, so that the token stays with HOST\. The window is read again\. The poll is made again in N s; nothing is lost\.$/,
    ],
    [
      'in a redirect',
      'redirect-other-origin',
      /^warning HOST redirects to another place, which is not followed \(ERR_REDIRECT_REFUSED\)\. The poll is made again in N s; nothing is lost\.$/,
    ],
  ])(
    '%s',
    async (_, kind, expected) => {
      let foreignCalls = 0;
      const foreign = createServer((_request, response) => {
        foreignCalls += 1;
        response.end('{}');
      }).listen(0, '127.0.0.1');
      await once(foreign, 'listening');
      const origin = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
      await throwAtProcess({ throwFaults: switchOn({ kind, origin, page: 1, times }) }, ({ lines, arrived }) => {
        expect(lines[0]).toMatch(expected);
        expectEachOnce(arrived, ALERTS);
      });
      expect(foreignCalls).toBe(0);
      foreign.close();
    },
    120_000,
  );
});

describe('An alert that no schema foresees arrives once, and is said to be odd', () => {
  const odd = (what: string) => `warning 1 alert is odd: ${what}. What could be read is forwarded.`;
  it.concurrent.each<[OddAlert, string[]]>([
    ['without-id', [odd('alertId is missing')]],
    ['id-beyond-2^53', []],
    ['start-without-fraction', []],
    ['start-with-offset', []],
    ['start-unreadable', [odd('startTime is not a time')]],
    ['status-nested-deep', [odd('status is not text')]],
    ['not-an-object', [odd('the alert is not an object')]],
  ])(
    '%s',
    async (kind, expected) => {
      const throwFaults = (stage: Stage) => {
        stage.emulator.faults.set({ kind: 'odd-alert', odd: kind });
        return 1;
      };
      await throwAtProcess({ throwFaults }, ({ lines, arrived }) => {
        expect([...new Set(lines)]).toEqual(expected);
        expectEachOnce(arrived, ALERTS + 1);
      });
    },
    120_000,
  );
});
