import { parse } from 'yaml';
import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** Fields that must all match, each one of its values. */
const fieldMap = z.record(z.string(), z.union([value, z.array(value)]));
/** A list of maps: one of them must match. */
const search = z.union([fieldMap, z.array(fieldMap)]);

/** A rule in Sigma, version 2 of its specification, as far as the rules of docs/sigma go. */
const sigmaRule = z.strictObject({
  title: z.string().max(100),
  id: z.uuid(),
  status: z.enum(['stable', 'test', 'experimental']),
  description: z.string().regex(/\.$/),
  references: z.array(z.url()).optional(),
  author: z.string(),
  date: z.iso.date(),
  tags: z.array(z.string().regex(/^attack\.(t\d{4}(\.\d{3})?|[a-z-]+)$/)).min(1),
  logsource: z.strictObject({ product: z.literal('lacework') }),
  detection: z.object({ condition: z.string() }).catchall(z.union([search, z.string()])),
  falsepositives: z.array(z.string()).min(1),
  level: z.enum(['informational', 'low', 'medium', 'high', 'critical']),
});

/** What a rule searches for, by the name that its condition uses. */
export type Search = z.infer<typeof search>;

/** A Sigma rule of docs/sigma. */
export interface SigmaRule extends Omit<z.infer<typeof sigmaRule>, 'detection'> {
  readonly condition: string;
  readonly searches: Readonly<Record<string, Search>>;
}

/** Reads the YAML text of one rule; throws a ZodError when it is no valid rule. */
export function readSigmaRule(text: string): SigmaRule {
  const { detection, ...rule } = sigmaRule.parse(parse(text));
  const { condition, ...searches } = detection;
  return { ...rule, condition, searches: z.record(z.string(), search).parse(searches) };
}

/** The fields that the rule reads, each once, without modifiers. */
export function fieldsOf({ searches }: SigmaRule): string[] {
  const maps = Object.values(searches).flat();
  return [...new Set(maps.flatMap((map) => Object.keys(map)).map((key) => key.replace(/\|.*/, '')))];
}

/** The ATT&CK techniques among the rule's tags, as ATT&CK writes them. */
export function techniquesOf({ tags }: SigmaRule): string[] {
  return tags.filter((tag) => /^attack\.t\d/.test(tag)).map((tag) => tag.slice('attack.'.length).toUpperCase());
}
