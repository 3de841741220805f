import type { Metrics } from '@sekoia/automation-sdk-ts';

const nothing = (): void => undefined;

/** Figures that nobody looks at: a command ends, and says what it has done. */
export const quietMetrics: Metrics = {
  collected: nothing,
  forwarded: nothing,
  discarded: nothing,
  lag: nothing,
  forwardDuration: nothing,
  waiting: nothing,
  polled: nothing,
  callsLeft: nothing,
};
