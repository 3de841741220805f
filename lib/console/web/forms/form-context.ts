import type { ReactNode } from 'react';

/** What the templates know beyond the schema. */
export interface FormContext {
  /** Fields that have a value which is not shown. */
  readonly kept: readonly string[];
  /** Fields that stand in front; the others are folded away. */
  readonly basic: readonly string[];
  /** What stands below a field's input, by the field's name. */
  readonly beside: Readonly<Record<string, ReactNode>>;
}
