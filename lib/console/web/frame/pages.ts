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

const ofDemo: readonly PageEntry[] = [{ path: '/faults', name: 'Faults', icon: 'faults' }];

/** The pages, in the order of the navigation. */
export const pages: readonly PageEntry[] = 'demo' in document.documentElement.dataset ? [...always, ...ofDemo] : always;
