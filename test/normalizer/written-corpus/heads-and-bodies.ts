import { always, type WrittenCase } from './written-case.js';

/** Four heads (none, account, account with company, project) times five bodies (address, new service, user at the end, first sight, none). */
export const headsAndBodies: readonly WrittenCase[] = [
  {
    name: 'no head, an address',
    rule: 'Reading the description 2, an address; 3',
    alert:
      '{"alertInfo": {"description": "User alice logged in from an IP address 203.0.113.10 for the first time", "subject": "New source: User alice logged in from an IP address 203.0.113.10 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User alice logged in from an IP address 203.0.113.10 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'New source: User alice logged in from an IP address 203.0.113.10 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
      'source.ip': '203.0.113.10',
      'source.address': '203.0.113.10',
      'related.ip': ['203.0.113.10'],
    },
  },
  {
    name: 'no head, a new service whose user is not in parentheses: a user at the end',
    rule: 'Reading the description 2: `(by user PRINCIPAL)` has its parentheses; a user at the end fits',
    alert:
      '{"alertInfo": {"description": "A new service sqs.amazonaws.com was used by user alice", "subject": "New service: A new service sqs.amazonaws.com was used by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'A new service sqs.amazonaws.com was used by user alice',
      'lacework.cloud_security.alert.info.subject':
        'New service: A new service sqs.amazonaws.com was used by user alice',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'no head, a user at the end',
    rule: 'Reading the description 2, a user at the end; 4',
    alert:
      '{"alertInfo": {"description": "Unauthorized API call was attempted 7 times by user bob", "subject": "Unauthorized API Call: Unauthorized API call was attempted 7 times by user bob"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Unauthorized API call was attempted 7 times by user bob',
      'lacework.cloud_security.alert.info.subject':
        'Unauthorized API Call: Unauthorized API call was attempted 7 times by user bob',
      'lacework.cloud_security.alert.sight': 7,
      'user.name': 'bob',
      'related.user': ['bob'],
    },
  },
  {
    name: 'no head, a first sight',
    rule: 'Reading the description 2, a first sight; 3',
    alert:
      '{"alertInfo": {"description": "User carol accessed region ap-south-1 for the first time", "subject": "New region: User carol accessed region ap-south-1 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'User carol accessed region ap-south-1 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'New region: User carol accessed region ap-south-1 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'carol',
      'related.user': ['carol'],
    },
  },
  {
    name: 'no head, no body that is known',
    rule: 'Reading the description 2, nothing fits',
    alert:
      '{"alertInfo": {"description": "Root credentials were rotated", "subject": "Credentials: Root credentials were rotated"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Root credentials were rotated',
      'lacework.cloud_security.alert.info.subject': 'Credentials: Root credentials were rotated',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'an account, an address',
    rule: 'Reading the description 1, 2 (an address), 3',
    alert:
      '{"alertInfo": {"description": " For account: 123456789012 : AssumedRole/123456789012:Admin logged in from an IP address 198.51.100.7 for the first time", "subject": "Source:  For account: 123456789012 : AssumedRole/123456789012:Admin logged in from an IP address 198.51.100.7 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '123456789012',
      'lacework.cloud_security.alert.info.description':
        ' For account: 123456789012 : AssumedRole/123456789012:Admin logged in from an IP address 198.51.100.7 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'Source:  For account: 123456789012 : AssumedRole/123456789012:Admin logged in from an IP address 198.51.100.7 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'Admin',
      'related.user': ['Admin'],
      'source.ip': '198.51.100.7',
      'source.address': '198.51.100.7',
      'related.ip': ['198.51.100.7'],
    },
  },
  {
    name: 'an account, a new service; the account of the head stands before that of the principal',
    rule: 'Reading the description 1, 2 (a new service), 3',
    alert:
      '{"alertInfo": {"description": "For account: 123456789012 : A new service kms.amazonaws.com was called (by user AssumedRole/999999999999:Deploy)", "subject": "For account: 123456789012 : A new service kms.amazonaws.com was called (by user AssumedRole/999999999999:Deploy)"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '123456789012',
      'lacework.cloud_security.alert.info.description':
        'For account: 123456789012 : A new service kms.amazonaws.com was called (by user AssumedRole/999999999999:Deploy)',
      'lacework.cloud_security.alert.info.subject':
        'For account: 123456789012 : A new service kms.amazonaws.com was called (by user AssumedRole/999999999999:Deploy)',
      'lacework.cloud_security.alert.sight': 1,
      'service.name': 'kms.amazonaws.com',
      'user.name': 'Deploy',
      'related.user': ['Deploy'],
    },
  },
  {
    name: 'an account, a user at the end with a session that is a UUID',
    rule: 'Reading the description 1, 2 (a user at the end), 4; Two profiles',
    alert:
      '{"alertInfo": {"description": "For account: 123456789012 : Unauthorized API call was attempted 18 times by user AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10", "subject": "For account: 123456789012 : Unauthorized API call was attempted 18 times by user AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '123456789012',
      'lacework.cloud_security.alert.info.description':
        'For account: 123456789012 : Unauthorized API call was attempted 18 times by user AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'lacework.cloud_security.alert.info.subject':
        'For account: 123456789012 : Unauthorized API call was attempted 18 times by user AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'lacework.cloud_security.alert.sight': 18,
      'user.name': 'AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'related.user': ['AROAEXAMPLE:3e0ac0bf-fa18-4e70-8aa4-44debb525a10'],
    },
    in2025: {
      'user.name': 'AROAEXAMPLE',
      'user.id': '3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'related.user': ['AROAEXAMPLE'],
    },
  },
  {
    name: 'an account, a first sight after `A user`',
    rule: 'Reading the description 1, 2 (a first sight), 3',
    alert:
      '{"alertInfo": {"description": "For account: acme_prod.eu-1 : A user dave called DeleteTrail for the first time", "subject": "For account: acme_prod.eu-1 : A user dave called DeleteTrail for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': 'acme_prod.eu-1',
      'lacework.cloud_security.alert.info.description':
        'For account: acme_prod.eu-1 : A user dave called DeleteTrail for the first time',
      'lacework.cloud_security.alert.info.subject':
        'For account: acme_prod.eu-1 : A user dave called DeleteTrail for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'dave',
      'related.user': ['dave'],
    },
  },
  {
    name: 'an account, no body that is known',
    rule: 'Reading the description 1, 2 (nothing fits)',
    alert:
      '{"alertInfo": {"description": "For account: 123456789012 : CloudTrail was stopped", "subject": "For account: 123456789012 : CloudTrail was stopped"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '123456789012',
      'lacework.cloud_security.alert.info.description': 'For account: 123456789012 : CloudTrail was stopped',
      'lacework.cloud_security.alert.info.subject': 'For account: 123456789012 : CloudTrail was stopped',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'an account with a company, an address',
    rule: 'Reading the description 1, 2 (an address), 3, 4',
    alert:
      '{"alertInfo": {"description": "For account: acme-prod (Acme Corp) : alice@example.com signed in from an IP address 2001:db8::17 12 times", "subject": "For account: acme-prod (Acme Corp) : alice@example.com signed in from an IP address 2001:db8::17 12 times"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': 'acme-prod',
      'lacework.cloud_security.company.name': 'Acme Corp',
      'lacework.cloud_security.alert.info.description':
        'For account: acme-prod (Acme Corp) : alice@example.com signed in from an IP address 2001:db8::17 12 times',
      'lacework.cloud_security.alert.info.subject':
        'For account: acme-prod (Acme Corp) : alice@example.com signed in from an IP address 2001:db8::17 12 times',
      'lacework.cloud_security.alert.sight': 12,
      'user.email': 'alice@example.com',
      'source.ip': '2001:db8::17',
      'source.address': '2001:db8::17',
      'related.ip': ['2001:db8::17'],
    },
  },
  {
    name: 'an account with a company, a new service whose user is not in parentheses: a user at the end',
    rule: 'Reading the description 1, 2: `(by user PRINCIPAL)` has its parentheses; a user at the end fits',
    alert:
      '{"alertInfo": {"description": "For account: acme-prod (Acme Corp) : A new service lambda.amazonaws.com was seen by user erin@example.com", "subject": "For account: acme-prod (Acme Corp) : A new service lambda.amazonaws.com was seen by user erin@example.com"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': 'acme-prod',
      'lacework.cloud_security.company.name': 'Acme Corp',
      'lacework.cloud_security.alert.info.description':
        'For account: acme-prod (Acme Corp) : A new service lambda.amazonaws.com was seen by user erin@example.com',
      'lacework.cloud_security.alert.info.subject':
        'For account: acme-prod (Acme Corp) : A new service lambda.amazonaws.com was seen by user erin@example.com',
      'lacework.cloud_security.alert.sight': 1,
      'user.email': 'erin@example.com',
    },
  },
  {
    name: 'an account with a company, a user at the end that is an e-mail address',
    rule: 'Reading the description 1, 2 (a user at the end), 4',
    alert:
      '{"alertInfo": {"description": "For account: acme-prod (Acme Corp) : Console login failed 1,204 times by user frank@example.com", "subject": "For account: acme-prod (Acme Corp) : Console login failed 1,204 times by user frank@example.com"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': 'acme-prod',
      'lacework.cloud_security.company.name': 'Acme Corp',
      'lacework.cloud_security.alert.info.description':
        'For account: acme-prod (Acme Corp) : Console login failed 1,204 times by user frank@example.com',
      'lacework.cloud_security.alert.info.subject':
        'For account: acme-prod (Acme Corp) : Console login failed 1,204 times by user frank@example.com',
      'lacework.cloud_security.alert.sight': 1204,
      'user.email': 'frank@example.com',
    },
  },
  {
    name: 'an account with a company, a first sight of an e-mail address in parentheses',
    rule: 'Reading the description 1, 2 (a first sight), 3',
    alert:
      '{"alertInfo": {"description": "For account: acme-prod (Acme Corp) : (erin@example.com) used region eu-west-3 for the first time", "subject": "For account: acme-prod (Acme Corp) : (erin@example.com) used region eu-west-3 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': 'acme-prod',
      'lacework.cloud_security.company.name': 'Acme Corp',
      'lacework.cloud_security.alert.info.description':
        'For account: acme-prod (Acme Corp) : (erin@example.com) used region eu-west-3 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'For account: acme-prod (Acme Corp) : (erin@example.com) used region eu-west-3 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.email': 'erin@example.com',
    },
  },
  {
    name: 'an account with a company, no body that is known',
    rule: 'Reading the description 1, 2 (nothing fits)',
    alert:
      '{"alertInfo": {"description": "For account: acme-prod (Acme Corp) : A bucket is public", "subject": "For account: acme-prod (Acme Corp) : A bucket is public"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': 'acme-prod',
      'lacework.cloud_security.company.name': 'Acme Corp',
      'lacework.cloud_security.alert.info.description': 'For account: acme-prod (Acme Corp) : A bucket is public',
      'lacework.cloud_security.alert.info.subject': 'For account: acme-prod (Acme Corp) : A bucket is public',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'a project, an address',
    rule: 'Reading the description 1 (a project sets nothing), 2 (an address), 3',
    alert:
      '{"alertInfo": {"description": "For project: web-shop (Web shop) : 3e0ac0bf-fa18-4e70-8aa4-44debb525a10 signed in from an IP address 192.0.2.44 for the first time", "subject": "For project: web-shop (Web shop) : 3e0ac0bf-fa18-4e70-8aa4-44debb525a10 signed in from an IP address 192.0.2.44 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'For project: web-shop (Web shop) : 3e0ac0bf-fa18-4e70-8aa4-44debb525a10 signed in from an IP address 192.0.2.44 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'For project: web-shop (Web shop) : 3e0ac0bf-fa18-4e70-8aa4-44debb525a10 signed in from an IP address 192.0.2.44 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.id': '3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
      'source.ip': '192.0.2.44',
      'source.address': '192.0.2.44',
      'related.ip': ['192.0.2.44'],
    },
  },
  {
    name: 'a project, a new service whose user is a UUID and not in parentheses: a user at the end',
    rule: 'Reading the description 1, 2: a user at the end. The page is silent on a UUID as NAME; NAME is user.name in both profiles',
    alert:
      '{"alertInfo": {"description": "For project: web-shop (Web shop) : A new service pubsub.googleapis.com was used by user a7913090-862e-4cfa-ad11-80508825167e", "subject": "For project: web-shop (Web shop) : A new service pubsub.googleapis.com was used by user a7913090-862e-4cfa-ad11-80508825167e"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'For project: web-shop (Web shop) : A new service pubsub.googleapis.com was used by user a7913090-862e-4cfa-ad11-80508825167e',
      'lacework.cloud_security.alert.info.subject':
        'For project: web-shop (Web shop) : A new service pubsub.googleapis.com was used by user a7913090-862e-4cfa-ad11-80508825167e',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'a7913090-862e-4cfa-ad11-80508825167e',
      'related.user': ['a7913090-862e-4cfa-ad11-80508825167e'],
    },
  },
  {
    name: 'a project, a user at the end after a type and an account',
    rule: 'Reading the description 1 (a project sets nothing), 2 (a user at the end: `TYPE/ACCOUNT:` is removed); Two profiles',
    alert:
      '{"alertInfo": {"description": "For project: web-shop (Web shop) : Firewall rule changed 2 times by user AssumedRole/123456:Deploy:grace@example.com", "subject": "For project: web-shop (Web shop) : Firewall rule changed 2 times by user AssumedRole/123456:Deploy:grace@example.com"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'For project: web-shop (Web shop) : Firewall rule changed 2 times by user AssumedRole/123456:Deploy:grace@example.com',
      'lacework.cloud_security.alert.info.subject':
        'For project: web-shop (Web shop) : Firewall rule changed 2 times by user AssumedRole/123456:Deploy:grace@example.com',
      'lacework.cloud_security.alert.sight': 2,
      'user.name': 'Deploy:grace@example.com',
      'related.user': ['Deploy:grace@example.com'],
    },
    in2025: {
      'user.name': 'Deploy',
      'user.email': 'grace@example.com',
      'related.user': ['Deploy'],
    },
  },
  {
    name: 'a project, a first sight after a type and an account',
    rule: 'Reading the description 1 (a project sets nothing), 2 (a first sight), 3',
    alert:
      '{"alertInfo": {"description": "For project: web-shop (Web shop) : ServiceAccount/123456:builder created a bucket for the first time", "subject": "For project: web-shop (Web shop) : ServiceAccount/123456:builder created a bucket for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '123456',
      'lacework.cloud_security.alert.info.description':
        'For project: web-shop (Web shop) : ServiceAccount/123456:builder created a bucket for the first time',
      'lacework.cloud_security.alert.info.subject':
        'For project: web-shop (Web shop) : ServiceAccount/123456:builder created a bucket for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'builder',
      'related.user': ['builder'],
    },
  },
  {
    name: 'a project, no body that is known',
    rule: 'Reading the description 1 (a project sets nothing), 2 (nothing fits)',
    alert:
      '{"alertInfo": {"description": "For project: web-shop (Web shop) : A log sink was modified", "subject": "For project: web-shop (Web shop) : A log sink was modified"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'For project: web-shop (Web shop) : A log sink was modified',
      'lacework.cloud_security.alert.info.subject': 'For project: web-shop (Web shop) : A log sink was modified',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
];
