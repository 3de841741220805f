import { type EcsEvent, normalizeAlert } from '../../lib/normalizer/normalize-alert.js';
import { readSamples } from '../helpers/samples.js';
import { believableEvent, type Written, writtenEvent } from './test-events.js';

/** Events that fire a rule, and events near them that do not, by what is special about them. */
export interface SigmaCase {
  readonly fires: Readonly<Record<string, EcsEvent>>;
  readonly silent: Readonly<Record<string, EcsEvent>>;
}

const COMPOSITE = { category: 'Composite', severity: 'Critical' } as const;
const HOST = { category: 'Anomaly', subCategory: 'Machine' } as const;

const samples = readSamples().map(({ message }) => normalizeAlert(message).event);
const sample = (number: number) => samples[number - 1] as EcsEvent;
const refused = (times: number) =>
  writtenEvent({
    type: 'UnauthorizedAPICall',
    name: 'Unauthorized API Call',
    description: ` For account: 0123456789  : Unauthorized API call was attempted ${times} times  by user  jane.doe    `,
  });
const changedFile = (path: string) =>
  writtenEvent({
    type: 'ChangedFile',
    category: 'Anomaly',
    subCategory: 'File',
    entities: { FileExePath: [{ KEY: { exe_path: path }, PROPS: {} }] },
  });
const written = (type: string, more: Omit<Written, 'type'> = {}) => writtenEvent({ type, ...more });

/** The test events of each rule, by the name of its file. */
export const sigmaCases: Readonly<Record<string, SigmaCase>> = {
  lacework_critical_severity_alert: {
    fires: { 'a critical alert': believableEvent('PotentiallyCompromisedHost') },
    silent: { 'an alert of high severity': sample(1) },
  },
  lacework_high_severity_alert: {
    fires: { 'sample 1': sample(1) },
    silent: {
      'a critical alert': believableEvent('PotentiallyCompromisedHost'),
      'sample 2, of severity Info': sample(2),
    },
  },
  lacework_root_account_used: {
    fires: {
      'sample 2': sample(2),
      'an alert with a session': believableEvent('UsageOfRootAccount'),
      'a policy that was cloned, with its title for a type': written('Clone of Usage of Root Account'),
    },
    silent: { 'another policy': believableEvent('SecurityGroupChange'), 'sample 3': sample(3) },
  },
  lacework_repeated_unauthorized_api_calls: {
    fires: { 'sample 3, seen 18 times': sample(3), 'sample 4, seen 99 times': sample(4), 'ten calls': refused(10) },
    silent: { 'nine calls': refused(9), 'sample 2, seen 96 times, about root': sample(2) },
  },
  lacework_new_cloud_region: {
    fires: {
      'a region of AWS': written('NewRegion', { category: 'Anomaly' }),
      'a region of GCP': written('GcpUserAccessingRegion', { category: 'Anomaly' }),
    },
    silent: { 'a new service': believableEvent('NewService') },
  },
  lacework_malicious_file: {
    fires: {
      'a suspicious file': believableEvent('SuspiciousFile'),
      'a malicious file': written('MaliciousFile', { subCategory: 'File' }),
    },
    silent: { 'a changed file': believableEvent('ChangedFile') },
  },
  lacework_system_binary_changed: {
    fires: {
      'a command': changedFile('/usr/bin/ssh'),
      'a command of root': changedFile('/sbin/init'),
      'a library': changedFile('/usr/lib64/libc.so.6'),
      'a command that was built here': changedFile('/usr/local/bin/deploy'),
    },
    silent: {
      'an application': changedFile('/opt/app/bin/server'),
      'a path that only contains one': changedFile('/srv/usr/bin/ssh'),
      'a package being installed': changedFile('/usr/bin/ssh.dpkg-new'),
      'an alert without its details': written('ChangedFile', { category: 'Anomaly', subCategory: 'File' }),
      'a new file': written('NewFile', {
        subCategory: 'File',
        entities: { FileExePath: [{ KEY: { exe_path: '/usr/bin/ssh' }, PROPS: {} }] },
      }),
    },
  },
  lacework_compromised_host: {
    fires: { 'a composite alert about a host': believableEvent('PotentiallyCompromisedHost') },
    silent: { 'a composite alert about credentials': believableEvent('PotentiallyCompromisedAwsCredentials') },
  },
  lacework_compromised_cloud_credentials: {
    fires: {
      AWS: believableEvent('PotentiallyCompromisedAwsCredentials'),
      Azure: written('PotentiallyCompromisedAzure', COMPOSITE),
      GCP: written('PotentiallyCompromisedGCP', COMPOSITE),
      Kubernetes: written('PotentiallyCompromisedK8s', COMPOSITE),
    },
    silent: {
      'a host': believableEvent('PotentiallyCompromisedHost'),
      'a penetration test': written('PotentialPenetrationTest', COMPOSITE),
    },
  },
  lacework_cloud_logging_impaired: {
    fires: {
      'a trail that was stopped': believableEvent('CloudTrailStopped'),
      'a log sink': written('GCPLogSinkModified'),
    },
    silent: { 'Lacework that cannot read a log': believableEvent('CloudActivityLogIngestionFailed') },
  },
  lacework_console_login_without_mfa: {
    fires: { 'a login': written('SuccessfulConsoleLoginWithoutMFA') },
    silent: { 'a failed login': written('FailedConsoleLogin') },
  },
  lacework_login_from_bad_address: {
    fires: {
      'a login to AWS': written('LoginFromBadSourceUsingCalltype', { category: 'Anomaly' }),
      'a login to Azure': written('NewAzureUserLoggedInFromBadSource', { category: 'Anomaly' }),
    },
    silent: { 'a login from a new place': believableEvent('LoginFromSourceUsingCalltype') },
  },
  lacework_cloud_keys_changed: {
    fires: { 'a key of AWS': written('NewAccessKey'), 'a key of GCP': believableEvent('GCPSAAccessKeyChanged') },
    silent: { 'a key that was deleted': written('AccessKeyDeleted') },
  },
  lacework_cloud_permissions_changed: {
    fires: { 'a policy of IAM': believableEvent('IAMPolicyChanged') },
    silent: { 'a security group': believableEvent('SecurityGroupChange') },
  },
  lacework_encryption_key_lost: {
    fires: { 'a key to be deleted': written('CustomerMasterKeyScheduledForDeletion') },
    silent: { 'a new key': written('NewCustomerMasterKey') },
  },
  lacework_gpu_usage_spike: {
    fires: { 'a spike': written('AwsAccountGpuLaunch', { category: 'Anomaly' }) },
    silent: { 'a new service': believableEvent('NewService') },
  },
  lacework_connection_to_bad_host: {
    fires: {
      'a bad domain': believableEvent('NewExternalServerBadDns'),
      'a bad address': written('BadIpServerConn', HOST),
    },
    silent: { 'a new address': believableEvent('NewExternalServerIp') },
  },
  lacework_privileged_kubernetes_workload: {
    fires: {
      'access to the host': believableEvent('NewK8sAuditLogWorkloadWithHostAccess'),
      escalation: written('NewK8sAuditLogWorkloadAllowsEscalation', { subCategory: 'Kubernetes Activity' }),
    },
    silent: { 'any new workload': written('NewK8sAuditLogWorkload', { subCategory: 'Kubernetes Activity' }) },
  },
  lacework_suspicious_login: {
    fires: { 'logins from several places': believableEvent('SuspiciousUserLoginMultiGEOs') },
    silent: { 'a login that failed': written('SuspiciousUserFailedLogin', { subCategory: 'User' }) },
  },
  lacework_failed_logins: {
    fires: {
      'a login to the console': written('FailedConsoleLogin'),
      'a login to a host': written('SuspiciousUserFailedLogin'),
    },
    silent: { 'a login without a second factor': written('SuccessfulConsoleLoginWithoutMFA') },
  },
  lacework_privilege_escalation: {
    fires: { 'a new escalation': written('NewPrivilegeEscalation', HOST) },
    silent: { 'a new program': written('NewBinaryType', HOST) },
  },
};
