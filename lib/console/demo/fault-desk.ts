import type { Emulator } from '../../emulator/emulator.js';
import { faultPresets } from '../../emulator/fault-presets.js';
import type { FaultPreset, Schedule } from '../../emulator/switch-board.js';
import type { FaultView } from '../api.js';
import type { Intake } from '../platform/intake.js';
import { intakeFaultPresets } from '../platform/intake-fault-presets.js';
import type { Platform } from '../platform/platform.js';
import { platformFaultPresets } from '../platform/platform-fault-presets.js';

/** Alerts that a person can have made, by the name of the button. */
export type AlertMakers = Readonly<Record<string, () => void>>;

/** What can be broken. */
export interface FaultDeskParts {
  readonly emulator: Emulator;
  readonly intake: Intake;
  readonly platform: Platform;
  readonly alerts: AlertMakers;
  readonly onChange: (faults: readonly FaultView[]) => void;
}

interface Switch {
  readonly view: Omit<FaultView, 'on'>;
  readonly isOn: () => boolean;
  readonly turn: (on: boolean) => void;
}

interface Board<Fault> {
  set(fault: Fault, onSpent: () => void): () => void;
  active(): Fault[];
}

/** The switches of the demo: what the emulated API, the platform and the intake do wrong. */
export class FaultDesk {
  readonly #switches: readonly Switch[];
  readonly #alerts: AlertMakers;
  readonly #onChange: FaultDeskParts['onChange'];

  constructor({ emulator, intake, platform, alerts, onChange }: FaultDeskParts) {
    const tell = () => onChange(this.list());
    this.#switches = [
      ...switchesOf('lacework', faultPresets, emulator.faults, tell),
      ...switchesOf('intake', intakeFaultPresets, intake.faults, tell),
      ...switchesOf('platform', platformFaultPresets, platform.faults, tell),
    ];
    this.#alerts = alerts;
    this.#onChange = onChange;
  }

  list(): FaultView[] {
    return this.#switches.map(({ view, isOn }) => ({ ...view, on: isOn() }));
  }

  /** Turns a switch; false when there is none of that name. */
  set(board: string, id: string, on: boolean): boolean {
    const found = this.#switches.find(({ view }) => view.board === board && view.id === id);
    if (!found) return false;
    found.turn(on);
    this.#onChange(this.list());
    return true;
  }

  /** Turns every switch off. */
  clear(): Record<string, never> {
    for (const { turn } of this.#switches) turn(false);
    this.#onChange(this.list());
    return {};
  }

  /** Makes alerts; false when there is no such button. */
  addAlerts(what: string): boolean {
    const make = Object.hasOwn(this.#alerts, what) ? this.#alerts[what] : undefined;
    make?.();
    return make !== undefined;
  }
}

function switchesOf<Fault extends Schedule & { readonly kind: string }>(
  board: FaultView['board'],
  presets: readonly FaultPreset<Fault>[],
  target: Board<Fault>,
  onSpent: () => void,
): Switch[] {
  return presets.map(({ id, group, title, description, fault }): Switch => {
    let off: (() => void) | undefined;
    // A fault that strikes a number of times switches itself off.
    const isOn = () => off !== undefined && target.active().includes(fault);
    return {
      view: { board, id, group, title, description, momentary: fault.kind === 'odd-alert' },
      isOn,
      turn(on) {
        if (on === isOn()) return;
        off?.();
        off = on ? target.set(fault, onSpent) : undefined;
      },
    };
  });
}
