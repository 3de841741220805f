import { z } from 'zod';
import { ApiError } from './api-error.js';

const value = z.union([z.string(), z.number(), z.boolean()]);
type Value = z.infer<typeof value>;

/** One condition of a search, in the API's own form. */
export const searchFilter = z.object({
  field: z.string(),
  expression: z.string(),
  value: value.optional(),
  values: z.array(value).optional(),
});

/** One condition of a search, in the API's own form. */
export type SearchFilter = z.infer<typeof searchFilter>;

/** The fields that a search accepts, unless the emulator is told otherwise. */
export const defaultSearchableFields: readonly string[] = [
  'alertId',
  'alertName',
  'alertType',
  'severity',
  'status',
  'startTime',
  'endTime',
  'policyId',
  'derivedFields.category',
  'derivedFields.sub_category',
  'derivedFields.source',
  'alertInfo.subject',
  'alertInfo.description',
];

type Test = (found: Value, filter: { readonly value: Value; readonly values: readonly Value[] }) => boolean;

const expressions: Record<string, { readonly needs: 'value' | 'values'; readonly test: Test }> = {
  eq: { needs: 'value', test: (found, { value: wanted }) => found === wanted },
  ne: { needs: 'value', test: (found, { value: wanted }) => found !== wanted },
  in: { needs: 'values', test: (found, { values }) => values.includes(found) },
  not_in: { needs: 'values', test: (found, { values }) => !values.includes(found) },
  like: { needs: 'value', test: (found, { value: pattern }) => like(pattern, '').test(String(found)) },
  ilike: { needs: 'value', test: (found, { value: pattern }) => like(pattern, 'i').test(String(found)) },
  not_like: { needs: 'value', test: (found, { value: pattern }) => !like(pattern, '').test(String(found)) },
  not_ilike: { needs: 'value', test: (found, { value: pattern }) => !like(pattern, 'i').test(String(found)) },
  rlike: { needs: 'value', test: (found, { value: pattern }) => new RegExp(String(pattern)).test(String(found)) },
  gt: { needs: 'value', test: (found, { value: bound }) => found > bound },
  ge: { needs: 'value', test: (found, { value: bound }) => found >= bound },
  lt: { needs: 'value', test: (found, { value: bound }) => found < bound },
  le: { needs: 'value', test: (found, { value: bound }) => found <= bound },
  between: {
    needs: 'values',
    test: (found, { values: [low, high] }) => low !== undefined && high !== undefined && found >= low && found <= high,
  },
};

/** The test that an alert's text must pass to be found; an ApiError 400 for a field or an expression that is not known. */
export function compileFilters(
  filters: readonly SearchFilter[],
  searchableFields: readonly string[],
): (text: string) => boolean {
  const tests = filters.map((filter) => compileFilter(filter, searchableFields));
  return (text) => {
    const alert: unknown = JSON.parse(text);
    return tests.every((test) => test(alert));
  };
}

function compileFilter(filter: SearchFilter, searchableFields: readonly string[]): (alert: unknown) => boolean {
  const { field, expression } = filter;
  if (!searchableFields.includes(field)) throw new ApiError(400, `Unknown field ${field}`);
  const known = Object.hasOwn(expressions, expression) ? expressions[expression] : undefined;
  if (!known) throw new ApiError(400, `Unknown expression ${expression}`);
  if (filter[known.needs] === undefined) throw new ApiError(400, `${expression} needs ${known.needs}`);
  const operands = { value: filter.value ?? '', values: filter.values ?? [] };
  const path = field.split('.');
  return (alert) => {
    const found = value.safeParse(readPath(alert, path));
    return found.success && known.test(found.data, operands);
  };
}

function readPath(alert: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    alert,
  );
}

/** The SQL pattern as a regular expression: `%` is any text, `_` any character. */
function like(pattern: Value, flags: string): RegExp {
  const escaped = String(pattern).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, `s${flags}`);
}
