import { z } from 'zod';

const FORMAT = 'lacework-trigger state';

/** The state as a file: every value by its key. */
export const stateExport = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  exportedAt: z.string(),
  values: z.record(z.string().min(1), z.unknown()),
});

/** A state that was exported. */
export type StateExport = z.output<typeof stateExport>;

/** The state with these values, exported now. */
export function newExport(values: StateExport['values'], now: number): StateExport {
  return { format: FORMAT, version: 1, exportedAt: new Date(now).toISOString(), values };
}
