import { it } from '@jest/globals';
import { simulateWeek } from './simulate-week.js';

it(
  'A week of 20,000 alerts with outages of up to 60 h and two restarts: none is lost, none comes twice, and the budget is kept',
  () => simulateWeek(1),
  1_200_000,
);
