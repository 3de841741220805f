import type { FaultPreset } from '../../emulator/switch-board.js';
import type { PlatformFault } from './platform.js';

const GROUP = 'Platform';

/** Every fault of the platform that can be switched on, with what a person reads beside the switch. */
export const platformFaultPresets: readonly FaultPreset<PlatformFault>[] = [
  ...([500, 503, 400, 404] as const).map((status) => ({
    id: `callback-${status}`,
    group: GROUP,
    title: `Callback: ${status}`,
    description: `Events that should start a playbook run are answered with ${status}.`,
    fault: { kind: 'status', status, on: 'callback' } as const,
  })),
  {
    id: 'callback-reset',
    group: GROUP,
    title: 'Callback: reset',
    description: 'A playbook run is started, and the connection is reset in place of an answer.',
    fault: { kind: 'reset-before-headers', on: 'callback' },
  },
  {
    id: 'logs-503',
    group: GROUP,
    title: 'Trigger log: 503',
    description: 'Log entries are refused with 503, and the trigger keeps them.',
    fault: { kind: 'status', status: 503, on: 'logs' },
  },
  {
    id: 'logs-hang',
    group: GROUP,
    title: 'Trigger log: no answer',
    description: 'Log entries are taken and never acknowledged.',
    fault: { kind: 'hang-before-headers', on: 'logs' },
  },
  {
    id: 'secrets-503',
    group: GROUP,
    title: 'Secrets: 503',
    description: "The account's secrets are not handed out, and a trigger that starts waits for them.",
    fault: { kind: 'status', status: 503, on: 'secrets' },
  },
];
