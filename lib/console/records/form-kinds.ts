import { z } from 'zod';
import { accountSchema, configurationSchema } from '../../configuration.js';
import type { FormProblem, FormSchema } from '../api.js';

/** A kind of form: how it is checked, and which of its fields are never shown again. */
export interface FormKind {
  readonly isHidden: (field: string) => boolean;
  /** For hidden fields, what says where they are sent and as whose: with another one of these, they must be entered again. */
  readonly sentBy: Readonly<Record<string, readonly string[]>>;
  /** What is wrong with the values; nothing when they can be used. */
  readonly check: (values: Readonly<Record<string, unknown>>) => FormProblem[];
}

/** The account form and the configuration form, as the manifest files describe them. */
export function formKinds(account: FormSchema, configuration: FormSchema): Readonly<Record<FormName, FormKind>> {
  return {
    account: {
      isHidden: hiddenBy(account, []),
      sentBy: { secret: ['account', 'keyId'] },
      check: checkWith(accountSchema),
    },
    // The key of an intake is a credential that no manifest marks as one.
    configuration: {
      isHidden: hiddenBy(configuration, ['intake_key']),
      sentBy: { intake_key: ['intake_server'] },
      check: checkWith(configurationSchema),
    },
  };
}

export type FormName = 'account' | 'configuration';

const manifestForm = z.object({
  properties: z.record(z.string(), z.object({ format: z.string().optional() })),
  secrets: z.array(z.string()).default([]),
});

function hiddenBy(schema: FormSchema, more: readonly string[]): (field: string) => boolean {
  const { properties, secrets } = manifestForm.parse(schema);
  const passwords = Object.keys(properties).filter((name) => properties[name]?.format === 'password');
  const hidden = new Set([...secrets, ...passwords, ...more]);
  return (field) => hidden.has(field);
}

function checkWith(shape: z.ZodType): FormKind['check'] {
  return (values) => {
    const read = shape.safeParse(values);
    if (read.success) return [];
    return read.error.issues.map(({ path, message }) => ({
      field: path[0] === undefined ? undefined : String(path[0]),
      message,
    }));
  };
}
