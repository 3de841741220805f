import { z } from 'zod';

const fields = z.record(z.string(), z.unknown());

/** A saved form: what may be shown, and what is never shown again. */
const keptForm = z.object({ id: z.string(), name: z.string(), values: fields, hidden: fields });

/** An intake with its key. */
const keptIntake = z.object({ id: z.string(), name: z.string(), key: z.string(), createdAt: z.number() });

/** Everything that a person has entered. */
export const keptRecords = z.object({
  intakes: z.array(keptIntake),
  accounts: z.array(keptForm),
  configurations: z.array(keptForm),
  playbook: z.object({
    accountId: z.string().optional(),
    configurationId: z.string().optional(),
    /** Whether the playbook is to run, also after the console was started again. */
    isWanted: z.boolean(),
  }),
});

export type KeptForm = z.infer<typeof keptForm>;
export type KeptIntake = z.infer<typeof keptIntake>;
export type KeptRecords = z.infer<typeof keptRecords>;

/** An empty console. */
export const noRecords: KeptRecords = {
  intakes: [],
  accounts: [],
  configurations: [],
  playbook: { isWanted: false },
};
