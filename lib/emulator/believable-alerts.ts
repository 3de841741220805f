import type { AlertKind, Source } from './alert-kind.js';
import { alertKinds } from './believable-kinds.js';
import { drawNames } from './believable-names.js';
import type { Random } from './seeded-random.js';

/** An alert as the list answers it, and the entities that only the details add. */
export interface BelievableAlert {
  /** The alert's JSON text. */
  readonly text: string;
  /** The JSON text of its entity map. */
  readonly entityMap: string;
}

const regions: Record<Source, readonly string[]> = {
  AWS: ['us-east-1', 'eu-west-1', 'ap-south-1'],
  GCP: ['europe-west1', 'us-central1'],
  Azure: ['westeurope', 'eastus'],
  K8s: ['eu-west-1'],
  Agent: ['eu-west-1'],
  '': ['eu-west-1'],
};

/** Draws an alert that could come from a tenant; `startTime` is in milliseconds. */
export function believableAlert(
  random: Random,
  { id, startTime }: { readonly id: number; readonly startTime: number },
  kind: AlertKind = random.pick(alertKinds),
): BelievableAlert {
  const names = drawNames(random, regions[kind.source]);
  const description = kind.description(names);
  const alert = {
    alertId: id,
    alertName: kind.name,
    startTime: new Date(startTime).toISOString(),
    alertType: kind.type,
    severity: random.pick(kind.severities),
    internetExposure: 'UnknownInternetExposure',
    reachability: 'UnknownReachability',
    derivedFields: { category: kind.category, sub_category: kind.subCategory, source: kind.source },
    endTime: new Date(startTime + 3_600_000).toISOString(),
    lastUserUpdatedTime: '',
    status: 'Open',
    alertInfo: {
      description,
      subject: kind.subject?.(names) ?? `${kind.name}: ${description}`,
      customerCount: 0,
      isExpectedLWBehavior: false,
    },
    policyId: `lacework-global-${1 + random.integer(300)}`,
    evolvingAlert: kind.category === 'Composite',
    tagMetadata: [],
  };
  return { text: JSON.stringify(alert), entityMap: JSON.stringify(kind.entities(names)) };
}
