import type { AlertKind } from './alert-kind.js';
import { address, call, cloudUser } from './believable-entities.js';
import type { Names } from './believable-names.js';

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

/** Activity in AWS, GCP and Azure. */
export const cloudKinds: readonly AlertKind[] = [
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
