import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fieldsOf, readSigmaRule, techniquesOf } from '../../lib/cli/docs/detection/sigma-rule.js';
import { FIELDS } from '../../lib/normalizer/fields.js';
import { fires } from './sigma/evaluate.js';
import { sigmaCases } from './sigma-cases.js';
import { writtenEvent } from './test-events.js';

const SIGMA = new URL('../../docs/sigma/', import.meta.url);
const KNOWN_TYPES: readonly string[] = JSON.parse(
  readFileSync(new URL('../fixtures/alert-types.json', import.meta.url), 'utf8'),
);

const files = readdirSync(SIGMA).sort();
const texts = new Map(files.map((file) => [file.replace(/\.yml$/, ''), readFileSync(new URL(file, SIGMA), 'utf8')]));
const rules = new Map([...texts].map(([name, text]) => [name, readSigmaRule(text)]));

describe.each([...rules])('The Sigma rule %s', (name, rule) => {
  it.each(Object.entries(sigmaCases[name]?.fires ?? {}))('fires on %s', (_title, event) => {
    expect(fires(rule, event)).toBe(true);
  });

  it.each(Object.entries(sigmaCases[name]?.silent ?? {}))('does not fire on %s', (_title, event) => {
    expect(fires(rule, event)).toBe(false);
  });

  it('has an event of either sort', () => {
    expect(Object.keys(sigmaCases[name]?.fires ?? {})).not.toEqual([]);
    expect(Object.keys(sigmaCases[name]?.silent ?? {})).not.toEqual([]);
  });

  it('reads only fields that an event can have', () => {
    const known: readonly string[] = FIELDS.map((row) => row.name);
    expect(fieldsOf(rule).filter((field) => !known.includes(field))).toEqual([]);
  });

  it('names only types of alert that Lacework uses', () => {
    const named = Object.values(rule.searches)
      .flat()
      .flatMap((map) => [map['event.code'] ?? []].flat());
    expect(named.filter((type) => !KNOWN_TYPES.includes(String(type)))).toEqual([]);
  });

  it('refers to the techniques that it is tagged with', () => {
    const pages = techniquesOf(rule).map(
      (technique) => `https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`,
    );
    expect(rule.references ?? []).toEqual(pages);
  });
});

describe('The Sigma rules', () => {
  it('all have test events, and no test events are left over', () => {
    expect([...rules.keys()].sort()).toEqual(Object.keys(sigmaCases).sort());
  });

  it('are in files that are named as the conventions of Sigma ask', () => {
    expect(files.filter((file) => !/^[a-z0-9_]{6,66}\.yml$/.test(file))).toEqual([]);
  });

  it('have a title and an identifier of their own', () => {
    const all = [...rules.values()];
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it.each([
    ['an identifier', /^id: .*$/m, 'id: 1'],
    ['a level', /^level: .*$/m, 'level: severe'],
    ['a status', /^status: .*$/m, 'status: done'],
    ['a date', /^date: .*$/m, 'date: 24/11/2026'],
    ['a tag', /^ {2}- attack\.t.*$/m, '  - T1078'],
    ['a source of logs', /product: .*$/m, 'product: windows'],
    ['a condition', /^ {2}condition: .*$/m, ''],
    ['a key', /^title/m, 'titel'],
  ])('with %s that Sigma does not know are refused', (_title, line, wrong) => {
    const text = texts.get('lacework_root_account_used') as string;
    expect(text).toMatch(line);
    expect(() => readSigmaRule(text.replace(line, wrong))).toThrow();
  });

  it('on a type of alert fire on their own types and on no other', () => {
    const onTypes = [...rules].filter(([name]) => !name.endsWith('_severity_alert'));
    const covered = Object.fromEntries(onTypes.map(([name]) => [name, [] as string[]]));
    for (const type of KNOWN_TYPES) {
      const event = writtenEvent({
        type,
        category: type.startsWith('Potential') ? 'Composite' : 'Policy',
        subCategory: type.endsWith('File') ? 'File' : 'Cloud Activity',
        description: ' For account: 0123456789  : It happened 20 times  by user  jane.doe    ',
        entities: { FileExePath: [{ KEY: { exe_path: '/usr/bin/ssh' }, PROPS: {} }] },
      });
      const fired = onTypes.filter(([, rule]) => fires(rule, event)).map(([name]) => name);
      expect(fired.length).toBeLessThanOrEqual(1);
      for (const name of fired) covered[name]?.push(type);
    }
    expect(covered).toEqual({
      lacework_cloud_keys_changed: ['GCPSAAccessKeyChanged', 'IAMAccessKeyChanged', 'NewAccessKey'],
      lacework_cloud_logging_impaired: [
        'CloudTrailChanged',
        'CloudTrailDeleted',
        'CloudTrailStopped',
        'GCPLogSinkModified',
      ],
      lacework_cloud_permissions_changed: [
        'CloudStorageIAMPermissionChanged',
        'GCPIAMPolicyChanged',
        'IAMPolicyChanged',
        'ProjectOwnershipAssignmentsChanged',
      ],
      lacework_compromised_cloud_credentials: [
        'PotentiallyCompromisedAwsCredentials',
        'PotentiallyCompromisedAzure',
        'PotentiallyCompromisedGCP',
        'PotentiallyCompromisedK8s',
      ],
      lacework_compromised_host: ['PotentiallyCompromisedHost'],
      lacework_connection_to_bad_host: [
        'BadIpServerConn',
        'NewExternalClientBadIpConn',
        'NewExternalServerBadDns',
        'NewExternalServerBadIp',
      ],
      lacework_console_login_without_mfa: ['SuccessfulConsoleLoginWithoutMFA'],
      lacework_encryption_key_lost: ['CustomerMasterKeyDisabled', 'CustomerMasterKeyScheduledForDeletion'],
      lacework_failed_logins: ['FailedConsoleLogin', 'SuspiciousUserFailedLogin'],
      lacework_gpu_usage_spike: ['AwsAccountGpuLaunch'],
      lacework_login_from_bad_address: [
        'GcpUserLoggedInFromBadSource',
        'LoginFromBadSourceUsingCalltype',
        'NewAzureUserLoggedInFromBadSource',
      ],
      lacework_malicious_file: ['MaliciousFile', 'SuspiciousFile'],
      lacework_new_cloud_region: [
        'GcpServiceAccessedInRegion',
        'GcpUserAccessingRegion',
        'NewGcpRegion',
        'NewRegion',
        'ServiceAccessedInRegion',
        'UserAccessingRegion',
        'UserUsedServiceInRegion',
      ],
      lacework_privilege_escalation: ['NewPrivilegeEscalation'],
      lacework_privileged_kubernetes_workload: [
        'NewK8sAuditLogWorkloadAllowsEscalation',
        'NewK8sAuditLogWorkloadWithHostAccess',
      ],
      lacework_repeated_unauthorized_api_calls: ['UnauthorizedAPICall'],
      lacework_root_account_used: ['UsageOfRootAccount'],
      lacework_suspicious_login: ['SuspiciousLogin', 'SuspiciousUserLoginMultiGEOs'],
      lacework_system_binary_changed: ['ChangedFile'],
    });
  });
});
