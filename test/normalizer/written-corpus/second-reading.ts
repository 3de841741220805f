import { always, type WrittenCase } from './written-case.js';

/** Cases that a second reading of the rules page asked for: the order of the shapes, and where the page leaves room. */
export const secondReading: readonly WrittenCase[] = [
  {
    name: 'an account with a company, a new service with its user in parentheses',
    rule: 'Reading the description 1, 2 (a new service), 3',
    alert:
      '{"alertInfo": {"description": "For account: acme-prod (Acme Corp) : A new service lambda.amazonaws.com was seen 4 times (by user erin@example.com)", "subject": "For account: acme-prod (Acme Corp) : A new service lambda.amazonaws.com was seen 4 times (by user erin@example.com)"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': 'acme-prod',
      'lacework.cloud_security.company.name': 'Acme Corp',
      'lacework.cloud_security.alert.info.description':
        'For account: acme-prod (Acme Corp) : A new service lambda.amazonaws.com was seen 4 times (by user erin@example.com)',
      'lacework.cloud_security.alert.info.subject':
        'For account: acme-prod (Acme Corp) : A new service lambda.amazonaws.com was seen 4 times (by user erin@example.com)',
      'lacework.cloud_security.alert.sight': 4,
      'service.name': 'lambda.amazonaws.com',
      'user.email': 'erin@example.com',
    },
  },
  {
    name: 'a project, a new service with its user in parentheses',
    rule: 'Reading the description 1 (a project sets nothing), 2 (a new service), 3',
    alert:
      '{"alertInfo": {"description": "For project: web-shop (Web shop) : A new service pubsub.googleapis.com was used (by user a7913090-862e-4cfa-ad11-80508825167e)", "subject": "For project: web-shop (Web shop) : A new service pubsub.googleapis.com was used (by user a7913090-862e-4cfa-ad11-80508825167e)"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'For project: web-shop (Web shop) : A new service pubsub.googleapis.com was used (by user a7913090-862e-4cfa-ad11-80508825167e)',
      'lacework.cloud_security.alert.info.subject':
        'For project: web-shop (Web shop) : A new service pubsub.googleapis.com was used (by user a7913090-862e-4cfa-ad11-80508825167e)',
      'lacework.cloud_security.alert.sight': 1,
      'service.name': 'pubsub.googleapis.com',
      'user.id': 'a7913090-862e-4cfa-ad11-80508825167e',
    },
  },
  {
    name: 'an address comes before a new service',
    rule: 'Reading the description 2, the first that fits',
    alert:
      '{"alertInfo": {"description": "User alice came from an IP address 203.0.113.1 for the first time: A new service s3 was used (by user bob)", "subject": "User alice came from an IP address 203.0.113.1 for the first time: A new service s3 was used (by user bob)"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User alice came from an IP address 203.0.113.1 for the first time: A new service s3 was used (by user bob)',
      'lacework.cloud_security.alert.info.subject':
        'User alice came from an IP address 203.0.113.1 for the first time: A new service s3 was used (by user bob)',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
      'source.ip': '203.0.113.1',
      'source.address': '203.0.113.1',
      'related.ip': ['203.0.113.1'],
    },
  },
  {
    name: 'a new service comes before a user at the end',
    rule: 'Reading the description 2, the first that fits',
    alert:
      '{"alertInfo": {"description": "A new service s3 was used (by user alice) and stopped by user bob", "subject": "A new service s3 was used (by user alice) and stopped by user bob"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'A new service s3 was used (by user alice) and stopped by user bob',
      'lacework.cloud_security.alert.info.subject': 'A new service s3 was used (by user alice) and stopped by user bob',
      'lacework.cloud_security.alert.sight': 1,
      'service.name': 's3',
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'a new service comes before a first sight',
    rule: 'Reading the description 2, the first that fits',
    alert:
      '{"alertInfo": {"description": "User carol: A new service s3 was used for the first time (by user alice)", "subject": "User carol: A new service s3 was used for the first time (by user alice)"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User carol: A new service s3 was used for the first time (by user alice)',
      'lacework.cloud_security.alert.info.subject':
        'User carol: A new service s3 was used for the first time (by user alice)',
      'lacework.cloud_security.alert.sight': 1,
      'service.name': 's3',
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'an address without `first time` and without a number of times fits nothing',
    rule: 'Reading the description 2 (an address … `first time` or `N times`; nothing fits)',
    alert:
      '{"alertInfo": {"description": "User alice logged in from an IP address 203.0.113.1", "subject": "User alice logged in from an IP address 203.0.113.1"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'User alice logged in from an IP address 203.0.113.1',
      'lacework.cloud_security.alert.info.subject': 'User alice logged in from an IP address 203.0.113.1',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'a first sight whose user is unknown still names the account',
    rule: 'Reading the description 3 (the account is then also the account name; unknown is no user)',
    alert:
      '{"alertInfo": {"description": "AssumedRole/123456:unknown called iam for the first time", "subject": "AssumedRole/123456:unknown called iam for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '123456',
      'lacework.cloud_security.alert.info.description': 'AssumedRole/123456:unknown called iam for the first time',
      'lacework.cloud_security.alert.info.subject': 'AssumedRole/123456:unknown called iam for the first time',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'unknown before a session is no user by itself, the whole is a name',
    rule: 'Two profiles (2024-02: the whole; 2025-08: NAME and SESSION); Reading the description 3 (unknown)',
    alert:
      '{"alertInfo": {"description": "Tried 2 times by user unknown:carol@example.com", "subject": "Tried 2 times by user unknown:carol@example.com"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 2 times by user unknown:carol@example.com',
      'lacework.cloud_security.alert.info.subject': 'Tried 2 times by user unknown:carol@example.com',
      'lacework.cloud_security.alert.sight': 2,
      'user.name': 'unknown:carol@example.com',
      'related.user': ['unknown:carol@example.com'],
    },
    in2025: { 'user.name': undefined, 'related.user': undefined, 'user.email': 'carol@example.com' },
  },
  {
    name: 'digits that are not separated in thousands are no number of times',
    rule: 'Reading the description 4 (thousands separators)',
    alert:
      '{"alertInfo": {"description": "Tried 1,2345 times by user alice", "subject": "Tried 1,2345 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 1,2345 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'Tried 1,2345 times by user alice',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'a head without its colon is none',
    rule: 'Reading the description 1 (For account: ACCOUNT (COMPANY) :)',
    alert:
      '{"alertInfo": {"description": "For account: 0123456789 tried 3 times by user alice", "subject": "For account: 0123456789 tried 3 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'For account: 0123456789 tried 3 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'For account: 0123456789 tried 3 times by user alice',
      'lacework.cloud_security.alert.sight': 3,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'a project without its parenthesis',
    rule: 'Reading the description 1: the page says of an account alone that the parenthesis is optional; with or without, a project sets nothing',
    alert:
      '{"alertInfo": {"description": "For project: web-shop : User alice created a bucket for the first time", "subject": "For project: web-shop : User alice created a bucket for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'For project: web-shop : User alice created a bucket for the first time',
      'lacework.cloud_security.alert.info.subject':
        'For project: web-shop : User alice created a bucket for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'a session that is a UUID comes before the principal of the map',
    rule: 'Two profiles; user.id (the description first, as for user.name)',
    alert:
      '{"alertInfo": {"description": "Tried 2 times by user AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10", "subject": "Tried 2 times by user AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10"}, "entityMap": {"CT_User": [{"KEY": {"username": "alice", "principalId": "AROAEXAMPLE:x"}}]}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'Tried 2 times by user AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'lacework.cloud_security.alert.info.subject':
        'Tried 2 times by user AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'lacework.cloud_security.alert.sight': 2,
      'user.name': 'AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'user.id': 'AROAEXAMPLE:x',
      'related.user': ['AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10', 'alice'],
    },
    in2025: {
      'user.name': 'AROAEXAMPLE',
      'user.id': '3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'related.user': ['AROAEXAMPLE', 'alice'],
    },
  },
  {
    name: 'every caller of an API is related, what is no address is not',
    rule: 'related.ip (every address found); Reading the entity map: source.ip',
    alert:
      '{"entityMap": {"API": [{"KEY": {"api": "GetObject"}, "PROPS": {"source_ip_address_list": ["198.51.100.9", "AWS Internal", "2001:db8::9", "198.51.100.9"]}}]}}',
    event: {
      ...always,
      'event.action': 'GetObject',
      'source.ip': '198.51.100.9',
      'source.address': '198.51.100.9',
      'related.ip': ['198.51.100.9', '2001:db8::9'],
    },
  },
  {
    name: 'a region behind a list of accounts',
    rule: 'Reading the entity map: cloud.region (Region, its first string)',
    alert: '{"entityMap": {"Region": [{"ACCOUNT_LIST": ["123456789012"], "REGION": "eu-central-1"}]}}',
    event: { ...always, 'cloud.region': 'eu-central-1' },
  },
  {
    name: 'a region of CT_User when Region is without a string',
    rule: 'Reading the entity map: cloud.region (otherwise CT_User region_list[0])',
    alert:
      '{"entityMap": {"Region": [{"KEY": {}}], "CT_User": [{"PROPS": {"region_list": ["us-east-1", "eu-west-1"]}}]}}',
    event: { ...always, 'cloud.region': 'us-east-1' },
  },
  {
    name: 'a map that stands before the description',
    rule: 'related.* (in order of appearance); the page does not say in what: the description is read first, as its user is taken first',
    alert:
      '{"entityMap": {"CT_User": "bob"}, "alertInfo": {"description": "Tried 2 times by user alice", "subject": "Tried 2 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 2 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'Tried 2 times by user alice',
      'lacework.cloud_security.alert.sight': 2,
      'user.name': 'alice',
      'related.user': ['alice', 'bob'],
    },
  },
  {
    name: 'a negative id',
    rule: 'lacework.cloud_security.alert.id (a JSON number)',
    alert: '{"alertId": -9007199254740993}',
    event: { ...always, 'lacework.cloud_security.alert.id': -9007199254740993n },
  },
  {
    name: 'an id of zero in another notation',
    rule: 'lacework.cloud_security.alert.id (becomes the integer)',
    alert: '{"alertId": -0.00e+5}',
    event: { ...always, 'lacework.cloud_security.alert.id': 0 },
  },
  {
    name: 'more than nine digits of a second are cut, not rounded',
    rule: '@timestamp (1 to 9 digits, not rounded)',
    alert: '{"startTime": "2024-02-13T17:00:00.123456789999Z"}',
    event: {
      ...always,
      '@timestamp': '2024-02-13T17:00:00.123456789Z',
      'event.start': '2024-02-13T17:00:00.123456789Z',
    },
  },
  {
    name: 'a second head belongs to the body',
    rule: 'Reading the description 1 (one head), 2 (nothing fits)',
    alert:
      '{"alertInfo": {"description": "For project: web-shop (Web shop) : For account: 0123456789 : A sink was modified", "subject": "For project: web-shop (Web shop) : For account: 0123456789 : A sink was modified"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'For project: web-shop (Web shop) : For account: 0123456789 : A sink was modified',
      'lacework.cloud_security.alert.info.subject':
        'For project: web-shop (Web shop) : For account: 0123456789 : A sink was modified',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'the id of a RecId comes before that of a CustomRule, the address of an IpAddress before that of an API',
    rule: 'Reading the entity map: rule.id (otherwise RecId; otherwise CustomRule), source.ip (otherwise IpAddress; otherwise API)',
    alert:
      '{"entityMap": {"CustomRule": [{"KEY": {"rule_guid": "GUID_1"}}], "RecId": [{"KEY": {"rec_id": "rec-1"}}], "API": [{"PROPS": {"source_ip_address_list": ["198.51.100.9"]}}], "IpAddress": [{"KEY": {"ip_address": "198.51.100.1"}}]}}',
    event: {
      ...always,
      'rule.id': 'rec-1',
      'source.ip': '198.51.100.1',
      'source.address': '198.51.100.1',
      'related.ip': ['198.51.100.9', '198.51.100.1'],
    },
  },
];
