import { z } from 'zod';
import { checkAccount } from '../playbook/check-account.js';
import type { Playbook } from '../playbook/playbook.js';
import type { TriggerGround } from '../playbook/trigger-ground.js';
import type { ConsoleRecords, FormInput } from '../records/console-records.js';
import type { FormName } from '../records/form-kinds.js';
import { HttpProblem } from './http-problem.js';
import type { Call, Routes } from './router.js';

/** What the routes of intakes, accounts, configurations and the playbook work with. */
export interface RecordRoutesParts {
  readonly records: ConsoleRecords;
  readonly playbook: Playbook;
  readonly ground: TriggerGround;
  readonly now: () => number;
  /** Tells every page that something was saved or removed. */
  readonly onSaved: () => void;
}

const name = z.string().trim().min(1).max(100);
const intakeInput = z.object({ name });
const formInput = z.object({ name, values: z.record(z.string(), z.unknown()) });
const checkInput = z.object({ id: z.string().optional(), values: z.record(z.string(), z.unknown()) });
const choiceInput = z.object({ accountId: z.string().optional(), configurationId: z.string().optional() });

/** Intakes, accounts, configurations, and the playbook that uses them. */
export function recordRoutes(parts: RecordRoutesParts): Routes {
  const { records, playbook, ground, now, onSaved } = parts;
  return {
    async 'POST /api/intakes'({ body }) {
      const { id, key } = await records.addIntake(readInput(intakeInput, body).name, now());
      ground.intake.keys.add(key);
      onSaved();
      return { id };
    },
    // A POST, so that no link can ask for it: the key goes out only where a person has asked for it.
    'POST /api/intakes/:id/key'({ parameters }) {
      return { key: findIntake(records, parameters['id']).key };
    },
    async 'DELETE /api/intakes/:id'({ parameters }) {
      const { id, key } = findIntake(records, parameters['id']);
      await records.removeIntake(id);
      ground.intake.keys.delete(key);
      onSaved();
      return {};
    },
    ...formRoutes('account', '/api/accounts', parts),
    ...formRoutes('configuration', '/api/configurations', parts),
    'POST /api/account-check': (call) => checkForm(call, parts),
    async 'POST /api/playbook/choose'({ body }) {
      const { accountId, configurationId } = readInput(choiceInput, body);
      await playbook.choose({
        ...(accountId === undefined ? {} : { accountId }),
        ...(configurationId === undefined ? {} : { configurationId }),
      });
      return {};
    },
    async 'POST /api/playbook/start'() {
      await playbook.start();
      return {};
    },
    async 'POST /api/playbook/stop'() {
      await playbook.stop();
      return {};
    },
  };
}

function formRoutes(form: FormName, path: string, { records, playbook, onSaved }: RecordRoutesParts): Routes {
  const save = async (id: string | undefined, input: FormInput) => {
    const saved = await records.saveForm(form, id, input);
    onSaved();
    playbook.tell();
    return { id: saved.id };
  };
  return {
    [`POST ${path}`]: ({ body }) => save(undefined, readInput(formInput, body)),
    [`PUT ${path}/:id`]: ({ body, parameters }) => save(parameters['id'], readInput(formInput, body)),
    async [`DELETE ${path}/:id`]({ parameters }) {
      await records.removeForm(form, parameters['id'] ?? '');
      onSaved();
      return {};
    },
  };
}

/** Checks what stands in the form, saved or not. */
async function checkForm({ body }: Call, { records, ground }: RecordRoutesParts): Promise<unknown> {
  const { id, values } = readInput(checkInput, body);
  return await checkAccount(ground, records.complete('account', id, values));
}

function findIntake(records: ConsoleRecords, id: string | undefined) {
  const intake = records.intakes.find((one) => one.id === id);
  if (!intake) throw new HttpProblem(404, 'There is no such intake any more.');
  return intake;
}

function readInput<T>(shape: z.ZodType<T>, body: unknown): T {
  const read = shape.safeParse(body);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => ({ field: path.join('.') || undefined, message }));
  throw new HttpProblem(422, 'The form is not complete.', problems);
}
