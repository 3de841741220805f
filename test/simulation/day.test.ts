import { it } from '@jest/globals';
import { simulateWeek } from './simulate-week.js';

// The whole week is npm run test:week.
it(
  'A seventh of a week of 20,000 alerts, with three outages and two restarts: none is lost, none comes twice',
  () => simulateWeek(1 / 7),
  120_000,
);
