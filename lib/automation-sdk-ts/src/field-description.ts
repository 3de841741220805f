import { z } from 'zod';

/** What the form itself says of the field at `path`: where a person finds the value. Empty when it says nothing. */
export function fieldDescription(schema: z.core.$ZodType, path: readonly PropertyKey[]): string {
  let current: z.core.$ZodType | undefined = schema;
  for (const step of path) {
    const inner: z.core.$ZodType = unwrap(current);
    if (!(inner instanceof z.ZodObject)) return '';
    current = inner.shape[String(step)];
    if (current === undefined) return '';
  }
  return path.length === 0 ? '' : descriptionOf(current);
}

function descriptionOf(schema: z.core.$ZodType): string {
  const description = z.globalRegistry.get(schema)?.description;
  const inner = description === undefined ? oneLayerIn(schema) : undefined;
  return inner === undefined ? (description ?? '') : descriptionOf(inner);
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = oneLayerIn(schema);
  return inner === undefined ? schema : unwrap(inner);
}

function oneLayerIn(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodPipe) return schema.in instanceof z.ZodTransform ? schema.out : schema.in;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return schema.unwrap();
  }
  return undefined;
}
