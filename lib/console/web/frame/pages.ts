import type { IconName } from '../parts/icon.js';

/** A page of the console. */
export interface PageEntry {
  readonly path: string;
  readonly name: string;
  readonly icon: IconName;
}

const always: readonly PageEntry[] = [
  { path: '/', name: 'Playbook', icon: 'playbook' },
  { path: '/intakes', name: 'Intakes', icon: 'intakes' },
  { path: '/events', name: 'Events', icon: 'events' },
  { path: '/logs', name: 'Trigger logs', icon: 'logs' },
];

/** The pages, in the order of the navigation. */
export function pages(isDemo: boolean): readonly PageEntry[] {
  return isDemo ? [...always, { path: '/faults', name: 'Faults', icon: 'faults' }] : always;
}
