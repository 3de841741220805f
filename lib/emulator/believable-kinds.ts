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

const cloudUser = ({ account, person, principal, region }: Names) => [
  { KEY: { account, username: person, mfa: 0, principalId: principal }, PROPS: { region_list: [region] } },
];
const address = ({ address: ip_addr }: Names) => [
  {
    KEY: { ip_addr },
    PROPS: { location: { country_name: 'Portugal', country_code: 'PT', region_name: 'Lisbon', city_name: 'Lisbon' } },
  },
];
const machine = ({ machine: hostname }: Names) => [{ KEY: { hostname, internal_ip_addr: '10.0.12.7' }, PROPS: {} }];
const call = (service: string, api: string) => [{ KEY: { service, api }, PROPS: {} }];

/** A policy on cloud activity: "…N times by user NAME:SESSION", as in the vendor's samples. */
function cloudPolicy(
  type: string,
  name: string,
  severities: AlertKind['severities'],
  said: (names: Names) => string,
  [service, api]: [string, string],
): AlertKind {
  return {
    type,
    name,
    category: 'Policy',
    subCategory: 'Cloud Activity',
    source: 'AWS',
    severities,
    description: (names) => ` For account: ${names.account}  : ${said(names)}    `,
    entities: (names) => ({ CT_User: cloudUser(names), API: call(service, api), SourceIpAddress: address(names) }),
  };
}

const cloudActivity: readonly AlertKind[] = [
  cloudPolicy(
    'UsageOfRootAccount',
    'Usage of Root Account',
    ['Info', 'High'],
    ({ account, times }) => `Root account was successfully used ${times} times  by user  ${account}`,
    ['signin.amazonaws.com', 'ConsoleLogin'],
  ),
  cloudPolicy(
    'UnauthorizedAPICall',
    'Unauthorized API Call',
    ['Medium', 'Low'],
    ({ times, principal, uuid }) => `Unauthorized API call was attempted ${times} times  by user  ${principal}:${uuid}`,
    ['ec2.amazonaws.com', 'DescribeInstances'],
  ),
  cloudPolicy(
    'IAMPolicyChanged',
    'IAM Policy Change',
    ['Medium', 'High'],
    ({ times, role, email }) =>
      `IAM policy was changed ${times} times  by user  AssumedRole/498112045577:${role}:${email}`,
    ['iam.amazonaws.com', 'PutRolePolicy'],
  ),
  cloudPolicy(
    'SecurityGroupChange',
    'Security Group Change',
    ['Low', 'Medium'],
    ({ times, person }) => `Security group was changed ${times} times  by user  ${person}`,
    ['ec2.amazonaws.com', 'AuthorizeSecurityGroupIngress'],
  ),
  cloudPolicy(
    'CloudTrailStopped',
    'CloudTrail Stopped',
    ['Critical', 'High'],
    ({ principal, role }) => `CloudTrail logging was stopped 1 times  by user  ${principal}:${role}`,
    ['cloudtrail.amazonaws.com', 'StopLogging'],
  ),
  {
    type: 'LoginFromSourceUsingCalltype',
    name: 'AWS account accessed from a new geolocation',
    category: 'Anomaly',
    subCategory: 'Cloud Activity',
    source: 'AWS',
    severities: ['Medium', 'High'],
    description: ({ account, role, address: ip }) =>
      `For account: ${account} (Example Corp) : AssumedRole/${account}:${role} accessed the console from an IP address ${ip} for the first time`,
    entities: (names) => ({
      CT_User: cloudUser(names),
      SourceIpAddress: address(names),
      Region: [{ KEY: { region: names.region }, PROPS: {} }],
    }),
  },
  {
    type: 'NewService',
    name: 'New AWS service in use',
    category: 'Anomaly',
    subCategory: 'Cloud Activity',
    source: 'AWS',
    severities: ['Info', 'Low'],
    description: ({ account, role }) =>
      `For account: ${account} : A new service bedrock.amazonaws.com was used (by user AssumedRole/${account}:${role})`,
    entities: (names) => ({ CT_User: cloudUser(names), API: call('bedrock.amazonaws.com', 'InvokeModel') }),
  },
  {
    type: 'GcpUserLoggedInFromSource',
    name: 'GCP user logged in from a new source',
    category: 'Anomaly',
    subCategory: 'Cloud Activity',
    source: 'GCP',
    severities: ['Low', 'Medium'],
    description: ({ email, address: ip }) =>
      `For project: shop-prod (Example Corp) : ${email} logged in from an IP address ${ip} for the first time`,
    entities: (names) => ({ SourceIpAddress: address(names), User: [{ KEY: { username: names.email }, PROPS: {} }] }),
  },
  {
    type: 'GCPSAAccessKeyChanged',
    name: 'GCP service account access key change',
    category: 'Policy',
    subCategory: 'Cloud Activity',
    source: 'GCP',
    severities: ['Medium'],
    description: ({ times, email }) =>
      `For project: data-prod (Example Corp) : Service account key was changed ${times} times by user ${email}`,
    entities: (names) => ({ User: [{ KEY: { username: names.email }, PROPS: {} }] }),
  },
  {
    type: 'NetworkSecurityGroupCreatedOrUpdated',
    name: 'Azure network security group created or updated',
    category: 'Policy',
    subCategory: 'Cloud Activity',
    source: 'Azure',
    severities: ['Medium', 'Low'],
    description: ({ uuid, times, email }) =>
      `For account: ${uuid} : Network security group was created or updated ${times} times by user ${email}`,
    entities: (names) => ({ User: [{ KEY: { username: names.email }, PROPS: {} }] }),
  },
];

const hosts: readonly AlertKind[] = [
  {
    type: 'NewExternalServerIp',
    name: 'New External Server IP Address',
    category: 'Anomaly',
    subCategory: 'Machine',
    source: 'Agent',
    severities: ['Medium', 'Low'],
    description: ({ machine: host, address: ip }) => `${host} connected to ${ip}`,
    entities: (names) => ({ Machine: machine(names), IpAddress: address(names) }),
  },
  {
    type: 'NewExternalServerBadDns',
    name: 'Connection to a known bad domain',
    category: 'Anomaly',
    subCategory: 'Threat Intel',
    source: 'Agent',
    severities: ['High', 'Critical'],
    description: ({ machine: host, domain }) => `${host} connected to ${domain}, which is on a list of bad domains`,
    entities: (names) => ({ Machine: machine(names), DnsName: [{ KEY: { hostname: names.domain }, PROPS: {} }] }),
  },
  {
    type: 'SuspiciousApplicationLaunched',
    name: 'Suspicious application',
    category: 'Anomaly',
    subCategory: 'Application',
    source: 'Agent',
    severities: ['High', 'Medium'],
    description: ({ path, more }) => `Suspicious application ${path} (and ${more} more)`,
    entities: (names) => ({
      Machine: machine(names),
      Application: [{ KEY: { application: names.path }, PROPS: {} }],
      Process: [{ KEY: { hostname: names.machine, cmdline: `${names.path} --daemon`, process_id: 4711 }, PROPS: {} }],
    }),
  },
  {
    type: 'SuspiciousUserLoginMultiGEOs',
    name: 'Suspicious logins from multiple GEOs',
    category: 'Anomaly',
    subCategory: 'User',
    source: 'Agent',
    severities: ['High', 'Medium'],
    description: ({ person, more }) =>
      `Suspicious user logins detected for user ${person} (and ${more} more) access from multiple geographies`,
    entities: (names) => ({ User: [{ KEY: { username: names.person, machine_hostname: names.machine }, PROPS: {} }] }),
  },
  {
    type: 'SuspiciousFile',
    name: 'Suspicious Files',
    category: 'Policy',
    subCategory: 'File',
    source: 'Agent',
    severities: ['High', 'Medium'],
    description: ({ path, more }) => `${path} (and ${more} more)`,
    entities: (names) => ({
      FileExePath: [{ KEY: { exe_path: names.path }, PROPS: { last_filedata_hash: 'a3'.repeat(32) } }],
      Machine: machine(names),
    }),
  },
  {
    type: 'ChangedFile',
    name: 'Changed file',
    category: 'Anomaly',
    subCategory: 'File',
    source: 'Agent',
    severities: ['Low', 'Info'],
    description: ({ machine: host, path }) => `File ${path} was changed on ${host}`,
    entities: (names) => ({ FileExePath: [{ KEY: { exe_path: names.path }, PROPS: {} }], Machine: machine(names) }),
  },
];

const posture: readonly AlertKind[] = [
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

/** Kinds of alert from every corner of the product: all clouds, hosts, files, containers, composites. */
export const alertKinds: readonly AlertKind[] = [...cloudActivity, ...hosts, ...posture];
