import { FIELDS } from '../../../normalizer/fields.js';
import { code } from '../markdown-table.js';
import { exampleTypes } from './example-types.js';
import { fieldsOf, type SigmaRule } from './sigma-rule.js';

/** The fields that an alert's details fill, and nothing else does: no description, and no alert of the list. */
const DETAILED: ReadonlySet<string> = new Set(
  FIELDS.filter(({ name, present }) => {
    const { listed, detailed } = exampleTypes(name);
    return listed.length === 0 && detailed.length > 0 && !present.includes('description');
  }).map(({ name }) => name),
);

/** Those of the fields that are empty without `fetch_details`. */
export function detailedAmong(fields: readonly string[]): string[] {
  return fields.filter((field) => DETAILED.has(field));
}

/** Whether the rule finds the alerts of a policy that has its title for a type. */
export function findsTitledPolicies(rule: SigmaRule): boolean {
  const fields = fieldsOf(rule);
  return !fields.includes('event.code') || fields.includes('event.reason');
}

/** The section on what decides, beside the rule, whether it fires. */
export function dependenceSection(): string {
  return `## What it depends on

### On the details of alerts

Lacework's list of alerts has no entity map; an alert's details have one, and the trigger asks for them when \`fetch_details\` is on (off at first, and only with the event format \`normalized\`).

- **What is empty without it**, on every type of alert that we know: ${[...DETAILED].map(code).join(', ')}. Others, \`source.ip\` and \`user.name\` for instance, are filled without it only where the alert's description names them.
- **What it costs**: one API call for each new alert, of a budget that Lacework keeps for details alone (480 calls an hour), inside \`ratelimit_per_hour\`. The most severe alerts of a page come first, then the newest.
- **What can be missing all the same**: an alert for which no call is left, or whose details Lacework does not give, is forwarded at once without them, and they are not fetched later. The line that ends a poll says how many (*without details*). A rule that needs such a field misses that alert: prefer one that does not where both will do.

### On the type of an alert

\`event.code\` holds Lacework's type of the alert. A policy of your own, or a clone of one of Lacework's, has its **title** for a type (\`Clone of Usage of Root Account\`), and since 2025 some of Lacework's own policies do (\`Virtual Private Cloud (VPC) Change\` in the place of \`VPCChange\`). Alerts on behaviour and composite alerts keep their types.

A rule that lists types misses such an alert. Those marked *also by name* [below](#sigma-rules-of-our-own) read \`event.reason\`, the alert's name, as well, or do not ask for the type. For the others look for the names in your own events, and add them to the rule:

\`\`\`yaml
detection:
  selection_type:
    event.code: [CloudTrailStopped, CloudTrailDeleted, CloudTrailChanged, GCPLogSinkModified]
  selection_name:
    event.reason|contains: the title of your policy
  condition: 1 of selection_*
\`\`\``;
}
