import type { AlertKind } from './alert-kind.js';
import { address, cloudUser, machine } from './believable-entities.js';

/** Compliance, vulnerabilities, containers, composites, and the product's own state. */
export const postureKinds: readonly AlertKind[] = [
  {
    type: 'NewViolations',
    name: 'New violations',
    category: 'Policy',
    subCategory: 'Compliance',
    source: 'AWS',
    severities: ['High', 'Medium', 'Low'],
    description: ({ account }) =>
      `AWS Account ${account} : lacework-global-128 EC2 instances should not have a Public IP address attached`,
    entities: ({ account }) => ({
      RecId: [
        {
          KEY: { rec_id: 'lacework-global-128' },
          PROPS: { title: 'EC2 instances should not have a Public IP address attached', account_id: account },
        },
      ],
    }),
  },
  {
    type: 'NewHostCveDiscovered',
    name: 'New CVE on a host',
    category: 'Policy',
    subCategory: 'Host Vulnerability',
    source: 'Agent',
    severities: ['Critical', 'High'],
    description: ({ cve, machine: host, more }) => `${cve} was found on ${host} (and ${more} more)`,
    entities: (names) => ({ Cve: [{ KEY: { cve_id: names.cve }, PROPS: {} }], Machine: machine(names) }),
  },
  {
    type: 'NewK8sAuditLogWorkloadWithHostAccess',
    name: 'New Kubernetes workload with host access',
    category: 'Anomaly',
    subCategory: 'Kubernetes Activity',
    source: 'K8s',
    severities: ['High', 'Medium'],
    description: ({ image, email }) => `Workload ${image} with access to the host was created by ${email}`,
    entities: (names) => ({
      K8Cluster: [{ KEY: { cluster_name: 'prod-eu-1' }, PROPS: {} }],
      Container: [{ KEY: { image_repo: names.image, image_tag: '2.4.1' }, PROPS: {} }],
    }),
  },
  {
    type: 'PotentiallyCompromisedHost',
    name: 'Potentially compromised host',
    category: 'Composite',
    subCategory: 'Potentially Compromised Host',
    source: 'Agent',
    severities: ['Critical'],
    description: ({ machine: host, domain }) => `Host ${host} shows signs of compromise: it talks to ${domain}`,
    entities: (names) => ({ Machine: machine(names), DnsName: [{ KEY: { hostname: names.domain }, PROPS: {} }] }),
  },
  {
    type: 'PotentiallyCompromisedAwsCredentials',
    name: 'Potentially compromised AWS credentials',
    category: 'Composite',
    subCategory: 'Potentially Compromised AWS',
    source: 'AWS',
    severities: ['Critical', 'High'],
    description: ({ account, person, address: ip }) =>
      `For account: ${account} : User ${person} acted from an IP address ${ip} for the first time`,
    entities: (names) => ({ CT_User: cloudUser(names), SourceIpAddress: address(names) }),
  },
  {
    type: 'CloudActivityLogIngestionFailed',
    name: 'Cloud Activity log ingestion failure detected',
    category: 'Policy',
    subCategory: 'Platform',
    source: '',
    severities: ['High'],
    description: () => 'New integration failure detected for azure-prod-1 (and 3 more)',
    subject: () =>
      'Cloud Activity log ingestion failure detected: `azure-prod-1` (and `3` more) is failing for data ingestion into Lacework',
    entities: () => ({}),
  },
];
