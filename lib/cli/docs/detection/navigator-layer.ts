import type { PlatformRule } from './platform-rules.js';
import { fieldsOf, type SigmaRule, techniquesOf } from './sigma-rule.js';
import { type Ground, judgeRule } from './verdict.js';

/** How much a technique's best rule knows of it. */
export const SCORES: Readonly<
  Record<Ground, { readonly score: number; readonly color: string; readonly label: string }>
> = {
  specific: { score: 100, color: '#2e7d4f', label: 'a rule on a type of alert that stands for the technique' },
  indicator: { score: 50, color: '#8cc7a1', label: 'a rule that needs a known bad address, domain or hash' },
  severity: { score: 25, color: '#d4ead9', label: 'only rules on the severity, whatever the alert is about' },
};

interface NamedRule {
  readonly name: string;
  /** Undefined when the rule cannot fire. */
  readonly ground: Ground | undefined;
  readonly techniques: readonly string[];
}

/** docs/attack-navigator-layer.json: a layer of the ATT&CK Navigator, in version 4.5 of its format. */
export function navigatorLayer(rules: readonly PlatformRule[], sigma: readonly SigmaRule[]): string {
  const named = [...rules.map(namePlatformRule), ...sigma.map(nameSigmaRule)];
  const techniques = [...new Set(named.flatMap((rule) => rule.techniques))].sort();
  const layer = {
    name: 'Lacework alerts',
    versions: { attack: '17', navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description:
      'What can be detected in normalized Lacework alerts, by the rules of the platform and the Sigma rules of this repository. See detection.md.',
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' },
    hideDisabled: false,
    techniques: techniques.map((technique) =>
      techniqueEntry(
        technique,
        named.filter((rule) => rule.techniques.includes(technique)),
      ),
    ),
    gradient: {
      colors: ['#ffffff', SCORES.severity.color, SCORES.indicator.color, SCORES.specific.color],
      minValue: 0,
      maxValue: 100,
    },
    legendItems: Object.values(SCORES).map(({ color, label }) => ({ label, color })),
  };
  return `${JSON.stringify(layer, null, 2)}\n`;
}

function techniqueEntry(techniqueID: string, rules: readonly NamedRule[]) {
  const scores = rules.flatMap(({ ground }) => (ground === undefined ? [] : [SCORES[ground].score]));
  const names = (canFire: boolean) =>
    rules.filter(({ ground }) => (ground !== undefined) === canFire).map(({ name }) => name);
  const comment = [list('Can fire', names(true)), list('Cannot fire on Lacework alerts', names(false))].filter(
    (sentence) => sentence !== '',
  );
  return {
    techniqueID,
    ...(scores.length === 0 ? { enabled: false } : { score: Math.max(...scores), enabled: true }),
    comment: comment.join(' '),
  };
}

function list(heading: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${heading}: ${names.join('; ')}.`;
}

function namePlatformRule(rule: PlatformRule): NamedRule {
  const verdict = judgeRule(rule);
  return {
    name: rule.name,
    ground: verdict.canFire ? verdict.ground : undefined,
    techniques: rule.attack_techniques,
  };
}

function nameSigmaRule(rule: SigmaRule): NamedRule {
  const isOnSeverity = fieldsOf(rule).every((name) => name === 'lacework.cloud_security.alert.severity');
  return {
    name: `${rule.title} (Sigma)`,
    ground: isOnSeverity ? 'severity' : 'specific',
    techniques: techniquesOf(rule),
  };
}
