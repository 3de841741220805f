import { DamagedValueError, type Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';

const checkpointSchema = z.object({
  /** Rises with each save; the higher of two generations is the newer. */
  generation: z.int().min(0),
  /** Nothing that began before this is collected: the first start's start_time, later where ids have been forgotten. */
  floor: z.number(),
  /** When the last sweep began that was settled whole: what is older than this less the lookback has been seen. */
  sweptAt: z.number().optional(),
  /** A sweep that is under way: it began then, and is settled as far as this. */
  sweep: z.object({ beganAt: z.number(), settledUntil: z.number() }).optional(),
});

/** How far collection has come; all times are the server's, in milliseconds since 1970. */
export type Checkpoint = Omit<z.output<typeof checkpointSchema>, 'generation'>;

/** What was found when the checkpoint was read. */
export interface LoadedCheckpoint {
  readonly checkpoint: Checkpoint | undefined;
  /** The generations that were damaged, and where they were set aside: now, or by a process that saved none since. */
  readonly damaged: readonly Damage[];
}

/** A generation that could not be read. */
export type Damage = z.output<typeof damageSchema>;

const KEYS = ['checkpoint-0', 'checkpoint-1'] as const;
/** A damaged value is read once, and then it is gone: what was found must outlive the process, or it looks like a first start. */
const DAMAGE_KEY = 'checkpoint-damage';

const damageSchema = z.object({ key: z.string(), setAsideAs: z.string() });

/** Keeps the checkpoint in two generations, written in turn, so that one that is damaged leaves the other. */
export class CheckpointStore {
  readonly #storage: Storage;
  #generation = -1;
  #current: Checkpoint | undefined;
  #damaged: readonly Damage[] = [];

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** What was last loaded or saved; undefined when there is none yet. */
  get current(): Checkpoint | undefined {
    return this.#current;
  }

  /** The newest generation that can be read. */
  async load(): Promise<LoadedCheckpoint> {
    await this.#readDamage();
    let newest: z.output<typeof checkpointSchema> | undefined;
    for (const key of KEYS) {
      try {
        const found = await this.#storage.get(key, checkpointSchema);
        if (found !== undefined && found.generation >= (newest?.generation ?? 0)) newest = found;
      } catch (error) {
        if (!(error instanceof DamagedValueError)) throw error;
        await this.#noteDamage(error);
      }
    }
    this.#generation = newest?.generation ?? -1;
    if (newest === undefined) return { checkpoint: undefined, damaged: this.#damaged };
    const { generation: _, ...checkpoint } = newest;
    this.#current = checkpoint;
    return { checkpoint, damaged: this.#damaged };
  }

  /** Durable when it resolves. */
  async save(checkpoint: Checkpoint): Promise<void> {
    const generation = this.#generation + 1;
    await this.#storage.set(KEYS[generation % 2 === 0 ? 0 : 1], { generation, ...checkpoint });
    this.#generation = generation;
    this.#current = checkpoint;
    if (this.#damaged.length === 0) return;
    await this.#storage.delete([DAMAGE_KEY]);
    this.#damaged = [];
  }

  async #readDamage(): Promise<void> {
    try {
      this.#damaged = (await this.#storage.get(DAMAGE_KEY, z.array(damageSchema))) ?? [];
    } catch (error) {
      if (!(error instanceof DamagedValueError)) throw error;
      await this.#noteDamage(error);
    }
  }

  async #noteDamage({ key, setAsideAs }: DamagedValueError): Promise<void> {
    this.#damaged = [...this.#damaged, { key, setAsideAs }];
    await this.#storage.set(DAMAGE_KEY, this.#damaged);
  }
}
