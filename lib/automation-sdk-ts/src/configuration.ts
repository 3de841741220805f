import type { z } from 'zod';
import { configurationError } from './errors.js';
import { fieldDescription } from './field-description.js';
import { configurationInvalid } from './messages.js';
import { asSentence } from './sentence.js';

/** One saved form, and the schema that reads it. */
export interface Form<T> {
  /** As a person knows it, for instance "Account". */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly value: unknown;
}

/** Reads a form, or answers one sentence for each field that is missing or wrong. Values are never repeated: they may be secrets. */
export function parseForm<T>({ name, schema, value }: Form<T>): { data: T } | { problems: string[] } {
  const parsed = schema.safeParse(withoutBlanks(value ?? {}), { error: whatIsWrong });
  if (parsed.success) return { data: parsed.data };
  return {
    problems: parsed.error.issues.map(({ path, message }) => {
      const description = fieldDescription(schema, path);
      const sentences = [[`${name}:`, path.join('.'), message].filter(Boolean).join(' '), description];
      return sentences.map(asSentence).join(' ').trim();
    }),
  };
}

/** A field that a person has emptied is saved as "" or null; it counts as absent. */
function withoutBlanks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== '' && field !== null));
}

/**
 * Reads both forms of an item; every problem of both, and those that `furtherProblems` finds in the configuration, is in
 * the one ConfigurationError that is thrown.
 */
export function parseConfiguration<A, C>(
  account: Form<A>,
  configuration: Form<C>,
  furtherProblems: (configuration: unknown) => string[] = () => [],
): { account: A; configuration: C } {
  const parsedAccount = parseForm(account);
  const parsedConfiguration = parseForm(configuration);
  const problems = [parsedAccount, parsedConfiguration].flatMap((form) => ('problems' in form ? form.problems : []));
  problems.push(...furtherProblems('data' in parsedConfiguration ? parsedConfiguration.data : configuration.value));
  if ('data' in parsedAccount && 'data' in parsedConfiguration && problems.length === 0) {
    return { account: parsedAccount.data, configuration: parsedConfiguration.data };
  }
  throw configurationError(configurationInvalid({ problems }));
}

/** Used where the schema has no words of its own; says what is wrong without the value. */
function whatIsWrong(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined || issue.input === null) return 'is missing.';
  if (issue.input === '' || (issue.code === 'too_small' && issue.minimum === 1 && issue.origin === 'string'))
    return 'is empty.';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kindOf(issue.expected)}.`;
    case 'too_small':
      return `must ${sizeVerb(issue.origin)} ${issue.minimum} or more${unit(issue.origin)}.`;
    case 'too_big':
      return `must ${sizeVerb(issue.origin)} ${issue.maximum} or less${unit(issue.origin)}.`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}.`;
    case 'invalid_format':
      return issue.format === 'url' ? 'must be a web address, such as https://host/path.' : 'has the wrong form.';
    default:
      return issue.message ?? 'is not valid.';
  }
}

function kindOf(expected: string): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'number') return 'a number';
  if (expected === 'string') return 'a text';
  if (expected === 'boolean') return 'true or false';
  return expected === 'array' ? 'a list' : `a value of the kind ${expected}`;
}

function sizeVerb(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'have' : 'be';
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}
