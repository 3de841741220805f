import { randomBytes, randomUUID } from 'node:crypto';
import type { IntakeView, SavedForm } from '../api.js';
import { HttpProblem } from '../http/http-problem.js';
import type { FormKind, FormName } from './form-kinds.js';
import type { JsonFile } from './json-file.js';
import { type KeptForm, type KeptIntake, type KeptRecords, noRecords } from './kept-records.js';

/** The one format that the module's events have. */
const INTAKE_FORMAT = 'Lacework Cloud Security';

/** A form as the page sends it: without the hidden fields that are to stay as they are. */
export interface FormInput {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const lists = { account: 'accounts', configuration: 'configurations' } as const;

/** What a person has entered: in memory, and in one file. */
export class ConsoleRecords {
  readonly #file: JsonFile<KeptRecords>;
  readonly #kinds: Readonly<Record<FormName, FormKind>>;
  #kept: KeptRecords = noRecords;

  constructor(file: JsonFile<KeptRecords>, kinds: Readonly<Record<FormName, FormKind>>) {
    this.#file = file;
    this.#kinds = kinds;
  }

  async load(): Promise<void> {
    this.#kept = (await this.#file.read()) ?? noRecords;
  }

  get playbook(): KeptRecords['playbook'] {
    return this.#kept.playbook;
  }

  get intakes(): readonly KeptIntake[] {
    return this.#kept.intakes;
  }

  intakeViews(countEvents: (id: string) => number): IntakeView[] {
    return this.#kept.intakes.map(({ id, name, createdAt }) => ({
      id,
      name,
      format: INTAKE_FORMAT,
      createdAt,
      events: countEvents(id),
    }));
  }

  /** The saved forms as they may be shown. */
  formViews(form: FormName): SavedForm[] {
    return this.#kept[lists[form]].map(({ id, name, values, hidden }) => ({
      id,
      name,
      values,
      hidden: Object.keys(hidden),
    }));
  }

  /** A saved form with everything in it; undefined when there is none. */
  find(form: FormName, id: string | undefined): KeptForm | undefined {
    return this.#kept[lists[form]].find((one) => one.id === id);
  }

  async addIntake(name: string, now: number): Promise<KeptIntake> {
    const intake = { id: randomUUID(), name, key: randomBytes(16).toString('base64url'), createdAt: now };
    await this.#save({ intakes: [...this.#kept.intakes, intake] });
    return intake;
  }

  async removeIntake(id: string): Promise<void> {
    await this.#save({ intakes: this.#kept.intakes.filter((one) => one.id !== id) });
  }

  /**
   * Every value of the form: those given, and the kept ones of the fields that are hidden and were left empty. Throws
   * HttpProblem naming the fields that are wrong: a kept secret too, when it would now be sent elsewhere.
   */
  complete(form: FormName, id: string | undefined, values: FormInput['values']): Record<string, unknown> {
    const { check, sentBy } = this.#kinds[form];
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined));
    const kept = this.find(form, id);
    const keptHidden = Object.entries(kept?.hidden ?? {});
    const goesElsewhere = (field: string) => sentBy[field]?.some((one) => given[one] !== kept?.values[one]) ?? false;
    const all = { ...Object.fromEntries(keptHidden.filter(([field]) => !goesElsewhere(field))), ...given };
    const again = keptHidden.map(([field]) => field).filter((field) => !(field in all));
    const problems = [
      ...check(all).filter(({ field }) => field === undefined || !again.includes(field)),
      ...again.map((field) => ({ field, message: enterAgain(sentBy[field] ?? []) })),
    ];
    if (problems.length > 0) throw new HttpProblem(422, 'The form is not complete.', problems);
    return all;
  }

  /** Saves a form, a new one when no id is given. Throws HttpProblem naming the fields that are wrong. */
  async saveForm(form: FormName, id: string | undefined, { name, values }: FormInput): Promise<KeptForm> {
    const { isHidden } = this.#kinds[form];
    const all = this.complete(form, id, values);
    if (id !== undefined && !this.find(form, id)) throw new HttpProblem(404, 'There is no such form any more.');
    const entries = Object.entries(all);
    const saved: KeptForm = {
      id: id ?? randomUUID(),
      name,
      values: Object.fromEntries(entries.filter(([field]) => !isHidden(field))),
      hidden: Object.fromEntries(entries.filter(([field]) => isHidden(field))),
    };
    const others = this.#kept[lists[form]];
    const next = id === undefined ? [...others, saved] : others.map((one) => (one.id === id ? saved : one));
    await this.#save({ [lists[form]]: next });
    return saved;
  }

  async removeForm(form: FormName, id: string): Promise<void> {
    const { accountId, configurationId, isWanted } = this.#kept.playbook;
    if (isWanted && (id === accountId || id === configurationId)) {
      throw new HttpProblem(409, 'The playbook runs with it. Stop the playbook first.');
    }
    await this.#save({ [lists[form]]: this.#kept[lists[form]].filter((one) => one.id !== id) });
  }

  async setPlaybook(changes: Partial<KeptRecords['playbook']>): Promise<void> {
    await this.#save({ playbook: { ...this.#kept.playbook, ...changes } });
  }

  async #save(changes: Partial<KeptRecords>): Promise<void> {
    this.#kept = { ...this.#kept, ...changes };
    await this.#file.write(this.#kept);
  }
}

function enterAgain(fields: readonly string[]): string {
  return `Enter it again: what is kept is only used with the ${fields.join(' and ')} that it was saved with.`;
}
