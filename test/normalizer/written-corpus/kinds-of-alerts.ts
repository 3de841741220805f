import { always, type WrittenCase } from './written-case.js';

/** Whole alerts of each kind that the vendor has: clouds, files, registry, threat intelligence, composites and the rest. */
export const kindsOfAlerts: readonly WrittenCase[] = [
  {
    name: 'AWS: a user in a new region',
    rule: 'The event; Reading the description 1, 2 (a first sight)',
    alert:
      '{"alertId": 1001, "startTime": "2025-03-01T08:00:00.000Z", "alertType": "UserAccessingRegion", "severity": "Medium", "internetExposure": "UnknownInternetExposure", "derivedFields": {"category": "Anomaly", "sub_category": "Cloud Activity", "source": "AWS"}, "endTime": "2025-03-01T09:00:00.000Z", "status": "Open", "alertName": "User accessed a new region", "alertInfo": {"subject": "User accessed a new region:  For account: 123456789012 (acme) : User carol accessed region ap-south-1 for the first time", "description": " For account: 123456789012 (acme) : User carol accessed region ap-south-1 for the first time"}}',
    event: {
      ...always,
      '@timestamp': '2025-03-01T08:00:00Z',
      'event.start': '2025-03-01T08:00:00Z',
      'event.end': '2025-03-01T09:00:00Z',
      'event.code': 'UserAccessingRegion',
      'event.reason': 'User accessed a new region',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.account.name': '123456789012',
      'lacework.cloud_security.company.name': 'acme',
      'lacework.cloud_security.alert.id': 1001,
      'lacework.cloud_security.alert.severity': 'Medium',
      'lacework.cloud_security.alert.status': 'Open',
      'lacework.cloud_security.alert.info.subject':
        'User accessed a new region:  For account: 123456789012 (acme) : User carol accessed region ap-south-1 for the first time',
      'lacework.cloud_security.alert.info.description':
        ' For account: 123456789012 (acme) : User carol accessed region ap-south-1 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'carol',
      'related.user': ['carol'],
    },
  },
  {
    name: 'AWS: a policy alert whose type is its title',
    rule: 'The event; alert-types.md (since 2025 the type of some policy alerts is the title)',
    alert:
      '{"alertId": 1002, "startTime": "2025-08-01T00:00:00.000Z", "alertType": "Virtual Private Cloud (VPC) Change", "severity": "Low", "derivedFields": {"category": "Policy", "sub_category": "Cloud Activity", "source": "AWS"}, "endTime": "2025-08-01T01:00:00.000Z", "status": "In progress", "alertName": "Virtual Private Cloud (VPC) Change", "alertInfo": {"description": " For account: 0123456789 : VPC change 2 times by user AROAEXAMPLE:judy@example.com ", "subject": "Virtual Private Cloud (VPC) Change:  For account: 0123456789 : VPC change 2 times by user AROAEXAMPLE:judy@example.com "}}',
    event: {
      ...always,
      '@timestamp': '2025-08-01T00:00:00Z',
      'event.start': '2025-08-01T00:00:00Z',
      'event.end': '2025-08-01T01:00:00Z',
      'event.code': 'Virtual Private Cloud (VPC) Change',
      'event.reason': 'Virtual Private Cloud (VPC) Change',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.account.name': '0123456789',
      'lacework.cloud_security.alert.id': 1002,
      'lacework.cloud_security.alert.severity': 'Low',
      'lacework.cloud_security.alert.status': 'In progress',
      'lacework.cloud_security.alert.info.subject':
        'Virtual Private Cloud (VPC) Change:  For account: 0123456789 : VPC change 2 times by user AROAEXAMPLE:judy@example.com ',
      'lacework.cloud_security.alert.info.description':
        ' For account: 0123456789 : VPC change 2 times by user AROAEXAMPLE:judy@example.com ',
      'lacework.cloud_security.alert.sight': 2,
      'user.name': 'AROAEXAMPLE:judy@example.com',
      'related.user': ['AROAEXAMPLE:judy@example.com'],
    },
    in2025: { 'user.name': 'AROAEXAMPLE', 'user.email': 'judy@example.com', 'related.user': ['AROAEXAMPLE'] },
  },
  {
    name: 'AWS: known bad address',
    rule: 'The event; Reading the description 2 (an address)',
    alert:
      '{"alertId": 1003, "startTime": "2025-03-02T08:00:00.000Z", "alertType": "LoginFromBadSourceUsingCalltype", "severity": "Critical", "derivedFields": {"category": "Anomaly", "sub_category": "Cloud Activity", "source": "AWS"}, "endTime": "2025-03-02T09:00:00.000Z", "status": "Closed", "alertName": "AWS account accessed from known bad IP address", "alertInfo": {"description": "AssumedRole/123456789012:Admin accessed the account from an IP address 198.51.100.66 41 times", "subject": "AWS account accessed from known bad IP address: AssumedRole/123456789012:Admin accessed the account from an IP address 198.51.100.66 41 times"}}',
    event: {
      ...always,
      '@timestamp': '2025-03-02T08:00:00Z',
      'event.start': '2025-03-02T08:00:00Z',
      'event.end': '2025-03-02T09:00:00Z',
      'event.code': 'LoginFromBadSourceUsingCalltype',
      'event.reason': 'AWS account accessed from known bad IP address',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.account.name': '123456789012',
      'lacework.cloud_security.alert.id': 1003,
      'lacework.cloud_security.alert.severity': 'Critical',
      'lacework.cloud_security.alert.status': 'Closed',
      'lacework.cloud_security.alert.info.subject':
        'AWS account accessed from known bad IP address: AssumedRole/123456789012:Admin accessed the account from an IP address 198.51.100.66 41 times',
      'lacework.cloud_security.alert.info.description':
        'AssumedRole/123456789012:Admin accessed the account from an IP address 198.51.100.66 41 times',
      'lacework.cloud_security.alert.sight': 41,
      'user.name': 'Admin',
      'related.user': ['Admin'],
      'source.ip': '198.51.100.66',
      'source.address': '198.51.100.66',
      'related.ip': ['198.51.100.66'],
    },
  },
  {
    name: 'GCP: a service account from a new source',
    rule: 'The event; Reading the description 1 (a project), 2 (an address)',
    alert:
      '{"alertId": 1004, "startTime": "2025-03-03T10:00:00.000Z", "alertType": "NewGcpSourceForServiceAccount", "severity": "High", "derivedFields": {"category": "Anomaly", "sub_category": "Cloud Activity", "source": "GCP"}, "endTime": "2025-03-03T11:00:00.000Z", "status": "Open", "alertName": "GCP service account accessed from new source", "alertInfo": {"description": "For project: web-shop (Web shop) : builder@web-shop.iam.gserviceaccount.com logged in from an IP address 203.0.113.80 for the first time", "subject": "GCP: For project: web-shop (Web shop) : builder@web-shop.iam.gserviceaccount.com logged in from an IP address 203.0.113.80 for the first time"}}',
    event: {
      ...always,
      '@timestamp': '2025-03-03T10:00:00Z',
      'event.start': '2025-03-03T10:00:00Z',
      'event.end': '2025-03-03T11:00:00Z',
      'event.code': 'NewGcpSourceForServiceAccount',
      'event.reason': 'GCP service account accessed from new source',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1004,
      'lacework.cloud_security.alert.severity': 'High',
      'lacework.cloud_security.alert.status': 'Open',
      'lacework.cloud_security.alert.info.subject':
        'GCP: For project: web-shop (Web shop) : builder@web-shop.iam.gserviceaccount.com logged in from an IP address 203.0.113.80 for the first time',
      'lacework.cloud_security.alert.info.description':
        'For project: web-shop (Web shop) : builder@web-shop.iam.gserviceaccount.com logged in from an IP address 203.0.113.80 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.email': 'builder@web-shop.iam.gserviceaccount.com',
      'source.ip': '203.0.113.80',
      'source.address': '203.0.113.80',
      'related.ip': ['203.0.113.80'],
    },
  },
  {
    name: 'Azure: a new service by a service principal',
    rule: 'The event; Reading the description 2 (a new service)',
    alert:
      '{"alertId": 1005, "startTime": "2025-03-04T10:00:00.000Z", "alertType": "NewAzureService", "severity": "Info", "derivedFields": {"category": "Anomaly", "sub_category": "Cloud Activity", "source": "Azure"}, "endTime": "2025-03-04T11:00:00.000Z", "status": "Open", "alertName": "New Azure service", "alertInfo": {"description": "A new service Microsoft.KeyVault was used (by user 3e0ac0bf-fa18-4e70-8aa4-44debb525a10)", "subject": "New Azure service: A new service Microsoft.KeyVault was used (by user 3e0ac0bf-fa18-4e70-8aa4-44debb525a10)"}}',
    event: {
      ...always,
      '@timestamp': '2025-03-04T10:00:00Z',
      'event.start': '2025-03-04T10:00:00Z',
      'event.end': '2025-03-04T11:00:00Z',
      'event.code': 'NewAzureService',
      'event.reason': 'New Azure service',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1005,
      'lacework.cloud_security.alert.severity': 'Info',
      'lacework.cloud_security.alert.status': 'Open',
      'lacework.cloud_security.alert.info.subject':
        'New Azure service: A new service Microsoft.KeyVault was used (by user 3e0ac0bf-fa18-4e70-8aa4-44debb525a10)',
      'lacework.cloud_security.alert.info.description':
        'A new service Microsoft.KeyVault was used (by user 3e0ac0bf-fa18-4e70-8aa4-44debb525a10)',
      'lacework.cloud_security.alert.sight': 1,
      'service.name': 'Microsoft.KeyVault',
      'user.id': '3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
    },
  },
  {
    name: 'file: suspicious files, whose text names nobody',
    rule: 'event.category (File); alert-types.md, how texts read',
    alert:
      '{"alertId": 1006, "startTime": "2025-03-05T10:00:00.000Z", "alertType": "SuspiciousFile", "severity": "High", "derivedFields": {"category": "Anomaly", "sub_category": "File", "source": "Agent"}, "endTime": "2025-03-05T11:00:00.000Z", "status": "Open", "alertName": "Clone of Suspicious Files", "alertInfo": {"description": "/usr/bin/xmrig (and 96 more)", "subject": "Clone of Suspicious Files: /usr/bin/xmrig (and 96 more)"}}',
    event: {
      ...always,
      '@timestamp': '2025-03-05T10:00:00Z',
      'event.start': '2025-03-05T10:00:00Z',
      'event.end': '2025-03-05T11:00:00Z',
      'event.code': 'SuspiciousFile',
      'event.reason': 'Clone of Suspicious Files',
      'event.category': ['file'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1006,
      'lacework.cloud_security.alert.severity': 'High',
      'lacework.cloud_security.alert.status': 'Open',
      'lacework.cloud_security.alert.info.subject': 'Clone of Suspicious Files: /usr/bin/xmrig (and 96 more)',
      'lacework.cloud_security.alert.info.description': '/usr/bin/xmrig (and 96 more)',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'registry: a new one is a creation',
    rule: 'event.category, event.type (Registry, New)',
    alert:
      '{"alertId": 1007, "alertType": "NewRegistry", "derivedFields": {"category": "Anomaly", "sub_category": "Registry", "source": "Agent"}}',
    event: {
      ...always,
      'event.code': 'NewRegistry',
      'event.category': ['registry'],
      'event.type': ['creation'],
      'lacework.cloud_security.alert.id': 1007,
    },
  },
  {
    name: 'registry: a changed one is a change',
    rule: 'event.category, event.type (Registry, Changed)',
    alert:
      '{"alertId": 1008, "alertType": "ChangedRegistry", "derivedFields": {"category": "Anomaly", "sub_category": "Registry", "source": "Agent"}}',
    event: {
      ...always,
      'event.code': 'ChangedRegistry',
      'event.category': ['registry'],
      'event.type': ['change'],
      'lacework.cloud_security.alert.id': 1008,
    },
  },
  {
    name: 'registry: anything else is an access',
    rule: 'event.category, event.type (Registry, otherwise)',
    alert:
      '{"alertId": 1009, "alertType": "SuspiciousRegistry", "derivedFields": {"category": "Anomaly", "sub_category": "Registry", "source": "Agent"}}',
    event: {
      ...always,
      'event.code': 'SuspiciousRegistry',
      'event.category': ['registry'],
      'event.type': ['access'],
      'lacework.cloud_security.alert.id': 1009,
    },
  },
  {
    name: 'registry: New comes before Changed',
    rule: 'event.type (creation when it contains New, change when it contains Changed)',
    alert: '{"alertId": 1010, "alertType": "ChangedToNewRegistry", "derivedFields": {"sub_category": "Registry"}}',
    event: {
      ...always,
      'event.code': 'ChangedToNewRegistry',
      'event.category': ['registry'],
      'event.type': ['creation'],
      'lacework.cloud_security.alert.id': 1010,
    },
  },
  {
    name: 'registry: without a type it is an access',
    rule: 'event.type (Registry, otherwise); Odd input (missing)',
    alert: '{"alertId": 1011, "derivedFields": {"sub_category": "Registry"}}',
    event: {
      ...always,
      'event.category': ['registry'],
      'event.type': ['access'],
      'lacework.cloud_security.alert.id': 1011,
    },
  },
  {
    name: 'New outside the registry is no creation',
    rule: 'event.type (any other: info)',
    alert:
      '{"alertId": 1012, "alertType": "NewFile", "derivedFields": {"category": "Anomaly", "sub_category": "File", "source": "Agent"}}',
    event: {
      ...always,
      'event.code': 'NewFile',
      'event.category': ['file'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1012,
    },
  },
  {
    name: 'threat intelligence is network',
    rule: 'event.category (Threat Intel)',
    alert:
      '{"alertId": 1013, "startTime": "2025-03-06T10:00:00.000Z", "alertType": "NewExternalServerBadIp", "severity": "High", "derivedFields": {"category": "Anomaly", "sub_category": "Threat Intel", "source": "Agent"}, "endTime": "2025-03-06T11:00:00.000Z", "status": "Open", "alertName": "New External Server Bad IP Address", "alertInfo": {"description": "ip-10-0-0-7 connected to 198.51.100.66", "subject": "New External Server Bad IP Address: ip-10-0-0-7 connected to 198.51.100.66"}}',
    event: {
      ...always,
      '@timestamp': '2025-03-06T10:00:00Z',
      'event.start': '2025-03-06T10:00:00Z',
      'event.end': '2025-03-06T11:00:00Z',
      'event.code': 'NewExternalServerBadIp',
      'event.reason': 'New External Server Bad IP Address',
      'event.category': ['network'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1013,
      'lacework.cloud_security.alert.severity': 'High',
      'lacework.cloud_security.alert.status': 'Open',
      'lacework.cloud_security.alert.info.subject':
        'New External Server Bad IP Address: ip-10-0-0-7 connected to 198.51.100.66',
      'lacework.cloud_security.alert.info.description': 'ip-10-0-0-7 connected to 198.51.100.66',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'composite: potentially compromised AWS credentials',
    rule: 'event.category (Composite)',
    alert:
      '{"alertId": 1014, "alertType": "PotentiallyCompromisedAwsCredentials", "severity": "Critical", "derivedFields": {"category": "Composite", "sub_category": "Potentially Compromised AWS", "source": "AWS"}, "status": "Open", "alertName": "Potentially compromised AWS keys"}',
    event: {
      ...always,
      'event.code': 'PotentiallyCompromisedAwsCredentials',
      'event.reason': 'Potentially compromised AWS keys',
      'event.category': ['intrusion_detection'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1014,
      'lacework.cloud_security.alert.severity': 'Critical',
      'lacework.cloud_security.alert.status': 'Open',
    },
  },
  {
    name: 'composite comes before File',
    rule: 'event.category (in this order)',
    alert: '{"alertId": 1015, "derivedFields": {"category": "Composite", "sub_category": "File"}}',
    event: {
      ...always,
      'event.category': ['intrusion_detection'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1015,
    },
  },
  {
    name: 'composite comes before Registry in the category, the type is that of Registry',
    rule: 'event.category (in this order), event.type',
    alert:
      '{"alertId": 1016, "alertType": "NewRegistry", "derivedFields": {"category": "Composite", "sub_category": "Registry"}}',
    event: {
      ...always,
      'event.code': 'NewRegistry',
      'event.category': ['intrusion_detection'],
      'event.type': ['creation'],
      'lacework.cloud_security.alert.id': 1016,
    },
  },
  {
    name: 'composite comes before Threat Intel',
    rule: 'event.category (in this order)',
    alert: '{"alertId": 1017, "derivedFields": {"category": "Composite", "sub_category": "Threat Intel"}}',
    event: {
      ...always,
      'event.category': ['intrusion_detection'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1017,
    },
  },
  {
    name: 'compliance: the text of a new violation',
    rule: 'event.category (otherwise); Reading the description 2 (nothing fits); alert-types.md, how texts read',
    alert:
      '{"alertId": 1018, "alertType": "NewViolations", "severity": "Medium", "derivedFields": {"category": "Policy", "sub_category": "Compliance", "source": "AWS"}, "alertInfo": {"description": "AWS Account 123456789012 : lacework-global-128 EC2 instances should not have a Public IP address attached", "subject": "New violations: AWS Account 123456789012 : lacework-global-128 EC2 instances should not have a Public IP address attached"}}',
    event: {
      ...always,
      'event.code': 'NewViolations',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1018,
      'lacework.cloud_security.alert.severity': 'Medium',
      'lacework.cloud_security.alert.info.subject':
        'New violations: AWS Account 123456789012 : lacework-global-128 EC2 instances should not have a Public IP address attached',
      'lacework.cloud_security.alert.info.description':
        'AWS Account 123456789012 : lacework-global-128 EC2 instances should not have a Public IP address attached',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'user: suspicious logins from many places name no user in the rules` sense',
    rule: 'Reading the description 2 (nothing fits); alert-types.md, how texts read',
    alert:
      '{"alertId": 1019, "alertType": "SuspiciousUserLoginMultiGEOs", "derivedFields": {"category": "Anomaly", "sub_category": "User", "source": "Agent"}, "alertInfo": {"description": "Suspicious user logins detected for user ruth (and 331 more) access from multiple geographies", "subject": "Suspicious logins from multiple GEOs: Suspicious user logins detected for user ruth (and 331 more) access from multiple geographies"}}',
    event: {
      ...always,
      'event.code': 'SuspiciousUserLoginMultiGEOs',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1019,
      'lacework.cloud_security.alert.info.subject':
        'Suspicious logins from multiple GEOs: Suspicious user logins detected for user ruth (and 331 more) access from multiple geographies',
      'lacework.cloud_security.alert.info.description':
        'Suspicious user logins detected for user ruth (and 331 more) access from multiple geographies',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'names of categories are taken to the letter',
    rule: 'event.category (File, Registry, Threat Intel as written; otherwise configuration)',
    alert:
      '{"alertId": 1020, "alertType": "NewThing", "derivedFields": {"category": "composite", "sub_category": "registry"}}',
    event: {
      ...always,
      'event.code': 'NewThing',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.id': 1020,
    },
  },
];
