import type { FormSchema } from '../../api.js';
import type { FormValues } from './schema-form.js';

/**
 * The form's fields in a pasted text, as a downloaded key file holds them; undefined when the text is no JSON object with a
 * text for every field that must be filled in.
 */
export function pastedFields(text: string, schema: FormSchema): FormValues | undefined {
  const object = parseObject(text);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  if (object === undefined || !required.every((name) => typeof object[name] === 'string')) return undefined;
  const names = Object.keys((schema['properties'] as object | undefined) ?? {});
  return Object.fromEntries(names.flatMap((name) => (name in object ? [[name, object[name]]] : [])));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
