import type { PlatformRule } from './platform-rules.js';

/** What makes a rule fire: something it knows of the technique, a known bad address, or nothing but the alert's severity. */
export type Ground = 'specific' | 'indicator' | 'severity';

/** Whether a rule can fire on normalized Lacework alerts, and why. */
export type Verdict =
  | { readonly canFire: true; readonly ground: Ground; readonly why: string }
  | { readonly canFire: false; readonly why: string };

/** The rules whose names alone do not tell: our reading. */
const READINGS: Readonly<Record<string, Verdict>> = {
  'Failed Logon Source From Public IP Addresses': {
    canFire: false,
    why: 'Its name speaks of failed logons, which are events of the category authentication. No Lacework alert is normalized to that category, although its fields are filled on some alerts.',
  },
  'SEKOIA.IO Intelligence Feed': {
    canFire: true,
    ground: 'indicator',
    why: 'It fires when an address, a domain or a hash of the event is an indicator in the feed.',
  },
};

/** Judges a rule; throws when nothing is known of what it looks for. */
export function judgeRule({ name, windows_security_events }: PlatformRule): Verdict {
  if (windows_security_events !== undefined) {
    const [event, ...others] = windows_security_events;
    const events = others.length === 0 ? `event ${event}` : `events ${windows_security_events.join(' and ')}`;
    return {
      canFire: false,
      why: `It looks for the Windows security ${events}. The field event.code is shared, but on these events it holds the type of the alert, UsageOfRootAccount for example, and never the number of a Windows event.`,
    };
  }
  const severity = /(Low|Medium|High|Critical) Severity Alert$/.exec(name)?.[1];
  if (severity !== undefined) {
    return { canFire: true, ground: 'severity', why: `It fires on every alert of the severity ${severity}.` };
  }
  const verdict = READINGS[name];
  if (verdict === undefined) throw new Error(`Nothing says whether the rule "${name}" can fire on Lacework alerts.`);
  return verdict;
}
