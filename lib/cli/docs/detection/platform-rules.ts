import { z } from 'zod';

const effort = z.enum(['elementary', 'intermediate', 'advanced', 'master']);

const platformRule = z.strictObject({
  name: z.string(),
  /** Whether the integration's documentation lists it. */
  documented: z.boolean(),
  effort,
  /** Where the documentation says another effort than the rule itself. */
  effort_in_documentation: effort.optional(),
  attack_techniques: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/)),
  /** The numbers of the Windows security events that it looks for. */
  windows_security_events: z.array(z.int()).optional(),
  /** The fields that it needs. The rules are not public: this is our reading. */
  fields_our_reading: z.array(z.string()),
});

/** A detection rule that the platform offers for this source. */
export type PlatformRule = z.infer<typeof platformRule>;

/** Reads docs/data/detection-rules.json; throws a ZodError when it has another shape. */
export function readPlatformRules(text: string): PlatformRule[] {
  return z.strictObject({ note: z.string(), rules: z.array(platformRule) }).parse(JSON.parse(text)).rules;
}
