import type { Fault, OddAlert } from './faults.js';
import type { FaultPreset } from './switch-board.js';

type Preset = FaultPreset<Fault>;

/** Sequences of pages that go wrong. */
export const sequencePresets: readonly Preset[] = [
  {
    id: 'page-twice',
    group: 'Pages',
    title: 'A page twice',
    description: 'The way to the next page leads to the same page once more.',
    fault: { kind: 'page-twice' },
  },
  {
    id: 'page-before-again',
    group: 'Pages',
    title: 'The page before again',
    description: "The second page's place is taken by the first page's alerts.",
    fault: { kind: 'page-before-again', page: 2 },
  },
  {
    id: 'id-twice',
    group: 'Pages',
    title: 'An id twice',
    description: 'A page carries its last alert twice.',
    fault: { kind: 'id-twice' },
  },
  {
    id: 'not-utf8',
    group: 'Pages',
    title: 'A byte that is no UTF-8',
    description: "The first letter of the first alert's name is a byte that no UTF-8 has.",
    fault: { kind: 'not-utf8' },
  },
  {
    id: 'early-end',
    group: 'Pages',
    title: 'Early end',
    description: 'The first page says that it is the last, although totalRows is not reached.',
    fault: { kind: 'early-end', page: 1 },
  },
  {
    id: 'empty-page',
    group: 'Pages',
    title: 'Empty page in the middle',
    description: 'The second page is empty and the last.',
    fault: { kind: 'empty-page', page: 2 },
  },
  {
    id: 'foreign-next-page',
    group: 'Pages',
    title: 'Next page on another host',
    description: 'The way to the next page leads to a host that must never see the token.',
    fault: { kind: 'foreign-next-page' },
  },
  {
    id: 'endless-pages',
    group: 'Pages',
    title: 'Pages without end',
    description: 'Every page names a further one, always at a new address.',
    fault: { kind: 'endless-pages' },
  },
  {
    id: 'endless-unannounced',
    group: 'Pages',
    title: 'Pages without end or number',
    description: 'Every page names a further one, and none says how many alerts there are.',
    fault: { kind: 'endless-pages', announces: 'nothing' },
  },
];

const odd = (kind: OddAlert, title: string, description: string): Preset => ({
  id: `odd-${kind}`,
  group: 'Odd alerts',
  title,
  description,
  fault: { kind: 'odd-alert', odd: kind },
});

/** Alerts that no schema foresees. */
export const oddAlertPresets: readonly Preset[] = [
  odd('without-id', 'No id', 'An alert without alertId appears.'),
  odd('id-beyond-2^53', 'Huge id', 'An alert appears whose id needs more than 53 bits.'),
  odd('start-without-fraction', 'No fraction', 'An alert appears whose startTime has no fraction of a second.'),
  odd('start-with-offset', 'Time with offset', 'An alert appears whose startTime is written in another time zone.'),
  odd('start-unreadable', 'Unreadable time', 'An alert appears whose startTime is no time.'),
  odd('status-nested-deep', 'Nested without end', 'The status of an alert is lists in lists, 20,000 deep.'),
  odd('not-an-object', 'No object', 'A bare string appears among the alerts.'),
];
