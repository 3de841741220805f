import { z } from 'zod';

/** A draft-07 JSON Schema as the platform's sidebar forms read it. */
export type FormSchema = Record<string, unknown> & { readonly properties: Record<string, Record<string, unknown>> };

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

/**
 * The form of a zod object schema, as a person fills it in: fields with a default are not required.
 * Throws when the schema holds something that a form can't show.
 */
export function formSchema(schema: z.ZodType, secrets: readonly string[] = []): FormSchema {
  const { $schema: _, ...form } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'throw',
    reused: 'inline',
    override: ({ jsonSchema }) => dropSafeIntegerBounds(jsonSchema),
  });
  return {
    $schema: DRAFT_07,
    ...form,
    ...(secrets.length > 0 ? { secrets: [...secrets] } : {}),
  } as unknown as FormSchema;
}

/** z.int() bounds an integer to the safe range, which says nothing to the person in front of the form. */
function dropSafeIntegerBounds(jsonSchema: { minimum?: number; maximum?: number }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
