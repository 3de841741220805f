import { ModuleError, type Storage } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';

/** What became of an event whose text is kept; what can be done about it follows from this. */
export const deadLetterKind = z.enum([
  /** The intake refused it. */
  'refused',
  /** The intake may have stored it, and did not say. */
  'unconfirmed',
  /** It is larger than any intake takes, and was not sent. */
  'too_large',
  /** It was delivered with its message cut; this is the full text. */
  'cut',
  /** It was delivered, and the run of the playbook that it asks for was refused. */
  'run_refused',
]);

/** An event that the intake will not take, or the full text of one that was cut: kept for a person. */
export interface DeadLetter {
  readonly kind: z.output<typeof deadLetterKind>;
  /** What became of it, for a person: "the intake answers 413". */
  readonly reason: string;
  /** The alert's id as written, where it has one. */
  readonly alertId: string | undefined;
  /** The event's exact text, as it was sent or would have been. */
  readonly text: string;
}

/** Why an event is kept. */
export type WhyKept = Pick<DeadLetter, 'kind' | 'reason'>;

const FOLDER = 'dead-letters';
/** dead-letters/DATE-TIME-NUMBER-ALERT-BYTES: sorted by time, and the size is read from the name. */
const BYTES = /-(\d+)$/;
const MB = 1_000_000;
/** What a store writes around a value. */
const FRAME_BYTES = '{"crc32":"00000000","value":}'.length;

/** There is no room for another dead letter. */
export class DeadLettersFullError extends ModuleError {
  constructor(maxMb: number, where: string) {
    super(
      'dead_letters_full',
      `The dead letters in ${where} have reached dead_letters_max_mb (${maxMb} MB). Look at them, replay or delete what is there, or raise dead_letters_max_mb.`,
    );
  }
}

/** Keeps dead letters in the data path, one file each, up to a size. */
export class DeadLetters {
  readonly #files: Storage;
  readonly #maxMb: number;
  /** Bytes of all letters that are stored, as far as is known; undefined until they are counted. */
  #stored: number | undefined;
  /** Bytes of the letters that are being written, and of those that this process has written. */
  #arriving = 0;
  #arrived = 0;
  #number = 0;
  #counting: Promise<void> | undefined;

  constructor(files: Storage, maxMb: number) {
    this.#files = files;
    this.#maxMb = maxMb;
  }

  /** Where they are, for messages. */
  get where(): string {
    return `${this.#files.description}/${FOLDER}`;
  }

  /** Durable when it resolves; throws DeadLettersFullError or StorageError, and then nothing is kept. */
  async keep(letter: DeadLetter, time: number): Promise<void> {
    const kept = { ...letter, alertId: letter.alertId ?? null, time: new Date(time).toISOString() };
    const bytes = Buffer.byteLength(JSON.stringify(kept)) + FRAME_BYTES;
    const name = this.#nameOf(kept.time, letter.alertId, bytes);
    // People delete files by hand: they are counted again before it is called full.
    if (this.#stored === undefined || !this.#hasRoomFor(bytes)) await this.#countTogether();
    if (!this.#hasRoomFor(bytes)) throw new DeadLettersFullError(this.#maxMb, this.where);
    this.#arriving += bytes;
    try {
      await this.#files.set(name, kept);
      this.#arrived += bytes;
      this.#stored = (this.#stored ?? 0) + bytes;
    } finally {
      this.#arriving -= bytes;
    }
  }

  /** Keeps the letters, taking each out of the set when it is durable; throws, when all have been tried, if any is left. */
  async keepAll(letters: Set<DeadLetter>, time: number): Promise<void> {
    const tries = [...letters].map(async (letter) => {
      await this.keep(letter, time);
      letters.delete(letter);
    });
    const failed = (await Promise.allSettled(tries)).find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  #hasRoomFor(bytes: number): boolean {
    return (this.#stored ?? 0) + this.#arriving + bytes <= this.#maxMb * MB;
  }

  #nameOf(time: string, alertId: string | undefined, bytes: number): string {
    const [date, ofDay] = time.split('T').map((part) => part.replace(/\D/g, ''));
    const id = (alertId ?? 'none')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 40);
    return `${FOLDER}/${date}-${ofDay}-${String(this.#number++).padStart(6, '0')}-${id}-${bytes}`;
  }

  /** One listing serves all letters that look for room at a time: there may be a hundred thousand to list. */
  #countTogether(): Promise<void> {
    this.#counting ??= this.#count().finally(() => {
      this.#counting = undefined;
    });
    return this.#counting;
  }

  async #count(): Promise<void> {
    const before = this.#arrived;
    const keys = await this.#files.keys(`${FOLDER}/`);
    const counted = keys.reduce((sum, key) => sum + Number(BYTES.exec(key)?.[1] ?? 0), 0);
    // What arrived meanwhile may be among them or not: rather too much than too little, until the next count.
    this.#stored = counted + this.#arrived - before;
  }
}
