import { Validator } from '@cfworker/json-schema';
import {
  createErrorHandler,
  type ErrorSchema,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorSchema,
  unwrapErrorHandler,
  type ValidatorType,
  validationDataMerge,
} from '@rjsf/utils';

type Form = Record<string, unknown>;

/**
 * Checks forms against their schema by walking it: the form library's usual validator compiles schemas to code, which the
 * page's Content-Security-Policy forbids.
 */
export const validator: ValidatorType<Form> = {
  validateFormData(formData, schema, customValidate, _transform, uiSchema) {
    const errors = findErrors(schema, formData);
    const found = { errors, errorSchema: toErrorSchema<Form>(errors) };
    if (!customValidate) return found;
    const handler = customValidate(formData, createErrorHandler<Form>(formData ?? {}), uiSchema);
    return validationDataMerge<Form>(found, unwrapErrorHandler<Form>(handler) as ErrorSchema<Form>);
  },
  isValid: (schema, formData) => new Validator(asSchema(schema), '7').validate(formData).valid,
  rawValidation: (schema, formData) => ({ errors: findErrors(schema, formData) as never[] }),
};

/** The schema's rules that the values break, each field's first one. */
function findErrors(schema: RJSFSchema, formData: unknown): RJSFValidationError[] {
  const { errors } = new Validator(asSchema(schema), '7', false).validate(formData ?? {});
  return errors.flatMap(({ keyword, keywordLocation, instanceLocation, error }): RJSFValidationError[] => {
    const path = instanceLocation.split('/').slice(1).map(unescapePointer);
    if (keyword === 'required') {
      const name = /"([^"]+)"/.exec(error)?.[1] ?? '';
      return [{ property: property([...path, name]), message: 'Fill this in.', name: keyword, stack: error }];
    }
    const rule = valueAt(schema, keywordLocation);
    const message = sentences[keyword]?.(rule);
    return message === undefined ? [] : [{ property: property(path), message, name: keyword, stack: error }];
  });
}

/** What is said when a rule is broken; rules that only lead to others say nothing. */
const sentences: Readonly<Record<string, (rule: unknown) => string>> = {
  minimum: (rule) => `It must be ${rule} or more.`,
  maximum: (rule) => `It must be ${rule} or less.`,
  minLength: () => 'Fill this in.',
  type: (rule) => (rule === 'integer' || rule === 'number' ? 'It must be a whole number.' : `It must be ${rule}.`),
  enum: () => 'Choose one of the list.',
  pattern: () => 'It is not written as the description says.',
  format: (rule) =>
    rule === 'uri' ? 'It must be a full address, such as https://intake.example.' : `It must be ${rule}.`,
};

function valueAt(schema: unknown, location: string): unknown {
  return location
    .split('/')
    .slice(1)
    .map(unescapePointer)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], schema);
}

function unescapePointer(part: string): string {
  return decodeURIComponent(part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function property(path: readonly string[]): string {
  return path.map((part) => `.${part}`).join('');
}

function asSchema(schema: RJSFSchema): ConstructorParameters<typeof Validator>[0] {
  return schema as ConstructorParameters<typeof Validator>[0];
}
