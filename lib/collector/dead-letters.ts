import { ModuleError, type Storage } from '@sekoia/automation-sdk-ts';

/** An event that the intake will not take, or the full text of one that was cut: kept for a person. */
export interface DeadLetter {
  /** What became of it, for a person: "413: the intake answers 413". */
  readonly reason: string;
  /** The alert's id as written, where it has one. */
  readonly alertId: string | undefined;
  /** The event's exact text, as it was sent or would have been. */
  readonly text: string;
}

const PREFIX = 'dead-letters/';
/** dead-letters/TIME-NUMBER-ALERT-BYTES: the size is read from the name. */
const NAME = /-(\d+)$/;
const MB = 1_000_000;

/** There is no room for another dead letter. */
export class DeadLettersFullError extends ModuleError {
  constructor(maxMb: number, where: string) {
    super(
      'dead_letters_full',
      `The dead letters in ${where} have reached dead_letters_max_mb (${maxMb} MB), and nothing more is collected. Look at them, replay or delete what is there, or raise dead_letters_max_mb.`,
    );
  }
}

/** Keeps dead letters in the data path, one file each, up to a size. */
export class DeadLetters {
  readonly #files: Storage;
  readonly #maxMb: number;
  #used: number | undefined;
  #number = 0;

  constructor(files: Storage, maxMb: number) {
    this.#files = files;
    this.#maxMb = maxMb;
  }

  /** Where they are, for messages. */
  get where(): string {
    return this.#files.description;
  }

  /** Durable when it resolves; throws DeadLettersFullError or StorageError, and then nothing is kept. */
  async keep(letter: DeadLetter, time: number): Promise<void> {
    const kept = { ...letter, alertId: letter.alertId ?? null, time: new Date(time).toISOString() };
    const bytes = Buffer.byteLength(JSON.stringify(kept));
    if ((await this.#usedWith(bytes)) > this.#maxMb * MB) {
      // People delete files by hand: the names are read again before it is called full.
      this.#used = undefined;
      if ((await this.#usedWith(bytes)) > this.#maxMb * MB) throw new DeadLettersFullError(this.#maxMb, this.where);
    }
    const at = kept.time.replace(/[-:.]/g, '');
    const id = (letter.alertId ?? 'none').replace(/[^\w]/g, '_').slice(0, 40);
    await this.#files.set(`${PREFIX}${at}-${String(this.#number++).padStart(6, '0')}-${id}-${bytes}`, kept);
    this.#used = (this.#used ?? 0) + bytes;
  }

  async #usedWith(bytes: number): Promise<number> {
    if (this.#used === undefined) {
      const keys = await this.#files.keys(PREFIX);
      this.#used = keys.reduce((sum, key) => sum + Number(NAME.exec(key)?.[1] ?? 0), 0);
    }
    return this.#used + bytes;
  }
}
