import { type Random, seededRandom } from './seeded-random.js';

/** When a fault that is switched on strikes. */
export interface Schedule {
  /** How often it strikes before it switches itself off; without it, until it is switched off. */
  readonly times?: number;
  /** Strikes that often, from 0 to 1; without it, always. */
  readonly probability?: number;
  /** Makes the throws of the dice for `probability` repeatable; 1 when not given. */
  readonly seed?: number;
}

/** One entry of the list of switches that a person can choose from. */
export interface FaultPreset<Fault> {
  /** Stable name of the switch. */
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** One sentence: what the server does while the switch is on. */
  readonly description: string;
  readonly fault: Fault;
}

interface Switched<Fault> {
  readonly fault: Fault;
  readonly random: Random;
  readonly onSpent: (() => void) | undefined;
  left: number;
}

/** The faults that are switched on, in the order in which they were. */
export class SwitchBoard<Fault extends Schedule> {
  #switched: Switched<Fault>[] = [];

  /** Switches the fault on, and returns what switches it off; `onSpent` is told when it has struck as often as it may. */
  set(fault: Fault, onSpent?: () => void): () => void {
    const random = seededRandom(fault.seed ?? 1);
    const switched = { fault, random, onSpent, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#switched.push(switched);
    return () => {
      this.#switched = this.#switched.filter((one) => one !== switched);
    };
  }

  /** Switches every fault off. */
  clear(): void {
    this.#switched = [];
  }

  /** What is switched on now. */
  active(): Fault[] {
    return this.#switched.map(({ fault }) => fault);
  }

  /** The first fault that fits and strikes now; it is counted as having struck. */
  strike(fits: (fault: Fault) => boolean): Fault | undefined {
    for (const switched of this.#switched) {
      if (!fits(switched.fault)) continue;
      if (switched.fault.probability !== undefined && switched.random.next() >= switched.fault.probability) continue;
      switched.left -= 1;
      if (switched.left <= 0) {
        this.#switched = this.#switched.filter((one) => one !== switched);
        switched.onSpent?.();
      }
      return switched.fault;
    }
    return undefined;
  }
}
