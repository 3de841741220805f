import type { Names } from './believable-names.js';

/** Where an alert comes from, in the API's own words. */
export type Source = 'AWS' | 'GCP' | 'Azure' | 'K8s' | 'Agent' | '';

/** One kind of alert: its fixed words, and how its texts are written around names. */
export interface AlertKind {
  readonly type: string;
  readonly name: string;
  readonly category: 'Anomaly' | 'Policy' | 'Composite';
  readonly subCategory: string;
  readonly source: Source;
  readonly severities: readonly ('Critical' | 'High' | 'Medium' | 'Low' | 'Info')[];
  readonly description: (names: Names) => string;
  /** The subject, where it does not simply repeat the description after the name. */
  readonly subject?: (names: Names) => string;
  /** The entities that the details name. */
  readonly entities: (names: Names) => Record<string, readonly unknown[]>;
}
