import { always, type WrittenCase } from './written-case.js';

/** Who a description names, and who it does not. */
export const principals: readonly WrittenCase[] = [
  {
    name: 'address: the principal`s account is the account name when no head gave one',
    rule: 'Reading the description 3',
    alert:
      '{"alertInfo": {"description": "AssumedRole/123456:SomeRole logged in from an IP address 203.0.113.9 for the first time", "subject": "AssumedRole/123456:SomeRole logged in from an IP address 203.0.113.9 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '123456',
      'lacework.cloud_security.alert.info.description':
        'AssumedRole/123456:SomeRole logged in from an IP address 203.0.113.9 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'AssumedRole/123456:SomeRole logged in from an IP address 203.0.113.9 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'SomeRole',
      'related.user': ['SomeRole'],
      'source.ip': '203.0.113.9',
      'source.address': '203.0.113.9',
      'related.ip': ['203.0.113.9'],
    },
  },
  {
    name: 'address: an e-mail address after a type and an account',
    rule: 'Reading the description 3',
    alert:
      '{"alertInfo": {"description": "IAMUser/210987654321:heidi@example.com logged in from an IP address 203.0.113.9 3 times", "subject": "IAMUser/210987654321:heidi@example.com logged in from an IP address 203.0.113.9 3 times"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '210987654321',
      'lacework.cloud_security.alert.info.description':
        'IAMUser/210987654321:heidi@example.com logged in from an IP address 203.0.113.9 3 times',
      'lacework.cloud_security.alert.info.subject':
        'IAMUser/210987654321:heidi@example.com logged in from an IP address 203.0.113.9 3 times',
      'lacework.cloud_security.alert.sight': 3,
      'user.email': 'heidi@example.com',
      'source.ip': '203.0.113.9',
      'source.address': '203.0.113.9',
      'related.ip': ['203.0.113.9'],
    },
  },
  {
    name: 'address: a UUID after a type and an account',
    rule: 'Reading the description 3',
    alert:
      '{"alertInfo": {"description": "ServicePrincipal/77:A7913090-862E-4CFA-AD11-80508825167E signed in from an IP address 203.0.113.9 for the first time", "subject": "ServicePrincipal/77:A7913090-862E-4CFA-AD11-80508825167E signed in from an IP address 203.0.113.9 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '77',
      'lacework.cloud_security.alert.info.description':
        'ServicePrincipal/77:A7913090-862E-4CFA-AD11-80508825167E signed in from an IP address 203.0.113.9 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'ServicePrincipal/77:A7913090-862E-4CFA-AD11-80508825167E signed in from an IP address 203.0.113.9 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.id': 'A7913090-862E-4CFA-AD11-80508825167E',
      'source.ip': '203.0.113.9',
      'source.address': '203.0.113.9',
      'related.ip': ['203.0.113.9'],
    },
  },
  {
    name: 'address: the name unknown is no user, the address is read all the same',
    rule: 'Reading the description 3 (`unknown`, in any case, is no user)',
    alert:
      '{"alertInfo": {"description": "User UnKnown logged in from an IP address 203.0.113.9 for the first time", "subject": "User UnKnown logged in from an IP address 203.0.113.9 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User UnKnown logged in from an IP address 203.0.113.9 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'User UnKnown logged in from an IP address 203.0.113.9 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'source.ip': '203.0.113.9',
      'source.address': '203.0.113.9',
      'related.ip': ['203.0.113.9'],
    },
  },
  {
    name: 'address: the address comes before a `by user` further on',
    rule: 'Reading the description 2, the first that fits',
    alert:
      '{"alertInfo": {"description": "User alice logged in from an IP address 203.0.113.1 for the first time, as was reported by user bob", "subject": "User alice logged in from an IP address 203.0.113.1 for the first time, as was reported by user bob"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User alice logged in from an IP address 203.0.113.1 for the first time, as was reported by user bob',
      'lacework.cloud_security.alert.info.subject':
        'User alice logged in from an IP address 203.0.113.1 for the first time, as was reported by user bob',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
      'source.ip': '203.0.113.1',
      'source.address': '203.0.113.1',
      'related.ip': ['203.0.113.1'],
    },
  },
  {
    name: 'address: four numbers that are no address give no source',
    rule: 'Reading the description 2 (an address is an IP address; then a first sight fits)',
    alert:
      '{"alertInfo": {"description": "User alice logged in from an IP address 999.1.2.3 for the first time", "subject": "User alice logged in from an IP address 999.1.2.3 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User alice logged in from an IP address 999.1.2.3 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'User alice logged in from an IP address 999.1.2.3 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'address: a bare word at the start is no principal, and without one the shape does not fit',
    rule: 'Reading the description 2 (an address: PRINCIPAL …, which is not in brackets; a bare name only after User, A user or TYPE/ACCOUNT:)',
    alert:
      '{"alertInfo": {"description": "Login from an IP address 203.0.113.9 for the first time", "subject": "Login from an IP address 203.0.113.9 for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Login from an IP address 203.0.113.9 for the first time',
      'lacework.cloud_security.alert.info.subject': 'Login from an IP address 203.0.113.9 for the first time',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'service: the number of times and the account of the principal',
    rule: 'Reading the description 2 (a new service), 3, 4',
    alert:
      '{"alertInfo": {"description": "A new service iam.amazonaws.com was called 31 times (by user AssumedRole/123456:SomeRole)", "subject": "A new service iam.amazonaws.com was called 31 times (by user AssumedRole/123456:SomeRole)"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '123456',
      'lacework.cloud_security.alert.info.description':
        'A new service iam.amazonaws.com was called 31 times (by user AssumedRole/123456:SomeRole)',
      'lacework.cloud_security.alert.info.subject':
        'A new service iam.amazonaws.com was called 31 times (by user AssumedRole/123456:SomeRole)',
      'lacework.cloud_security.alert.sight': 31,
      'service.name': 'iam.amazonaws.com',
      'user.name': 'SomeRole',
      'related.user': ['SomeRole'],
    },
  },
  {
    name: 'service: by user unknown leaves the service',
    rule: 'Reading the description 2 (a new service), 3 (`unknown` is no user)',
    alert:
      '{"alertInfo": {"description": "A new service iam.amazonaws.com was called (by user UNKNOWN)", "subject": "A new service iam.amazonaws.com was called (by user UNKNOWN)"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'A new service iam.amazonaws.com was called (by user UNKNOWN)',
      'lacework.cloud_security.alert.info.subject': 'A new service iam.amazonaws.com was called (by user UNKNOWN)',
      'lacework.cloud_security.alert.sight': 1,
      'service.name': 'iam.amazonaws.com',
    },
  },
  {
    name: 'user at the end: without a number of times, and with words after it',
    rule: 'Reading the description 2 (a user at the end, up to white space or the end), 4',
    alert:
      '{"alertInfo": {"description": "A key was disabled by user ivan in region us-east-1", "subject": "A key was disabled by user ivan in region us-east-1"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'A key was disabled by user ivan in region us-east-1',
      'lacework.cloud_security.alert.info.subject': 'A key was disabled by user ivan in region us-east-1',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'ivan',
      'related.user': ['ivan'],
    },
  },
  {
    name: 'user at the end: the last `by user` and the last number of times before it',
    rule: 'Reading the description 2 (a user at the end)',
    alert:
      '{"alertInfo": {"description": "Tried 3 times by user alice and 7 times by user bob in 9 times zones", "subject": "Tried 3 times by user alice and 7 times by user bob in 9 times zones"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'Tried 3 times by user alice and 7 times by user bob in 9 times zones',
      'lacework.cloud_security.alert.info.subject':
        'Tried 3 times by user alice and 7 times by user bob in 9 times zones',
      'lacework.cloud_security.alert.sight': 7,
      'user.name': 'bob',
      'related.user': ['bob'],
    },
  },
  {
    name: 'user at the end: comes before a first sight',
    rule: 'Reading the description 2, the first that fits',
    alert:
      '{"alertInfo": {"description": "User alice was seen for the first time by user bob", "subject": "User alice was seen for the first time by user bob"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'User alice was seen for the first time by user bob',
      'lacework.cloud_security.alert.info.subject': 'User alice was seen for the first time by user bob',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'bob',
      'related.user': ['bob'],
    },
  },
  {
    name: 'user at the end: a session that is neither an e-mail address nor a UUID',
    rule: 'Two profiles',
    alert:
      '{"alertInfo": {"description": "Attempted 99 times by user AROAEXAMPLE:LACEWORK-CFG-external", "subject": "Attempted 99 times by user AROAEXAMPLE:LACEWORK-CFG-external"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Attempted 99 times by user AROAEXAMPLE:LACEWORK-CFG-external',
      'lacework.cloud_security.alert.info.subject': 'Attempted 99 times by user AROAEXAMPLE:LACEWORK-CFG-external',
      'lacework.cloud_security.alert.sight': 99,
      'user.name': 'AROAEXAMPLE:LACEWORK-CFG-external',
      'related.user': ['AROAEXAMPLE:LACEWORK-CFG-external'],
    },
    in2025: { 'user.name': 'AROAEXAMPLE', 'related.user': ['AROAEXAMPLE'] },
  },
  {
    name: 'user at the end: a session that is an e-mail address',
    rule: 'Two profiles',
    alert:
      '{"alertInfo": {"description": "Attempted 4 times by user AROAEXAMPLE:judy@example.com", "subject": "Attempted 4 times by user AROAEXAMPLE:judy@example.com"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Attempted 4 times by user AROAEXAMPLE:judy@example.com',
      'lacework.cloud_security.alert.info.subject': 'Attempted 4 times by user AROAEXAMPLE:judy@example.com',
      'lacework.cloud_security.alert.sight': 4,
      'user.name': 'AROAEXAMPLE:judy@example.com',
      'related.user': ['AROAEXAMPLE:judy@example.com'],
    },
    in2025: { 'user.name': 'AROAEXAMPLE', 'user.email': 'judy@example.com', 'related.user': ['AROAEXAMPLE'] },
  },
  {
    name: 'user at the end: an e-mail address as the name before a session',
    rule: 'Two profiles (the whole is user.name); Reading the description 2 (an e-mail as NAME goes to user.email)',
    alert:
      '{"alertInfo": {"description": "Attempted 4 times by user judy@example.com:cli", "subject": "Attempted 4 times by user judy@example.com:cli"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Attempted 4 times by user judy@example.com:cli',
      'lacework.cloud_security.alert.info.subject': 'Attempted 4 times by user judy@example.com:cli',
      'lacework.cloud_security.alert.sight': 4,
      'user.name': 'judy@example.com:cli',
      'related.user': ['judy@example.com:cli'],
    },
    in2025: { 'user.name': undefined, 'user.email': 'judy@example.com', 'related.user': undefined },
  },
  {
    name: 'user at the end: unknown is no user',
    rule: 'Reading the description 3',
    alert:
      '{"alertInfo": {"description": "Attempted 5 times by user Unknown", "subject": "Attempted 5 times by user Unknown"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Attempted 5 times by user Unknown',
      'lacework.cloud_security.alert.info.subject': 'Attempted 5 times by user Unknown',
      'lacework.cloud_security.alert.sight': 5,
    },
  },
  {
    name: 'user at the end: a type and an account are removed and name no account',
    rule: 'Reading the description 2 (a user at the end: `TYPE/ACCOUNT:` is removed; 3 names an account for PRINCIPAL alone)',
    alert:
      '{"alertInfo": {"description": "Attempted 6 times by user AssumedRole/123456:SomeRole", "subject": "Attempted 6 times by user AssumedRole/123456:SomeRole"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Attempted 6 times by user AssumedRole/123456:SomeRole',
      'lacework.cloud_security.alert.info.subject': 'Attempted 6 times by user AssumedRole/123456:SomeRole',
      'lacework.cloud_security.alert.sight': 6,
      'user.name': 'SomeRole',
      'related.user': ['SomeRole'],
    },
  },
  {
    name: 'first sight: a bare word at the start is no user',
    rule: 'Reading the description 2 (`Suspicious login … first time` names no user)',
    alert:
      '{"alertInfo": {"description": "Suspicious login was seen for the first time", "subject": "Suspicious login was seen for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Suspicious login was seen for the first time',
      'lacework.cloud_security.alert.info.subject': 'Suspicious login was seen for the first time',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'first sight: an e-mail address that is not at the start is no user',
    rule: 'Reading the description 2 (PRINCIPAL stands at the start of the body)',
    alert:
      '{"alertInfo": {"description": "Login of mallory@example.com for the first time", "subject": "Login of mallory@example.com for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Login of mallory@example.com for the first time',
      'lacework.cloud_security.alert.info.subject': 'Login of mallory@example.com for the first time',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'first sight: an e-mail address after `User`',
    rule: 'Reading the description 2, 3',
    alert:
      '{"alertInfo": {"description": "User niaj@example.com launched a binary for the first time", "subject": "User niaj@example.com launched a binary for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'User niaj@example.com launched a binary for the first time',
      'lacework.cloud_security.alert.info.subject': 'User niaj@example.com launched a binary for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.email': 'niaj@example.com',
    },
  },
  {
    name: 'first sight: a UUID in parentheses',
    rule: 'Reading the description 2 (a first sight), 3',
    alert:
      '{"alertInfo": {"description": "(3e0ac0bf-fa18-4e70-8aa4-44debb525a10) read a secret for the first time", "subject": "(3e0ac0bf-fa18-4e70-8aa4-44debb525a10) read a secret for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        '(3e0ac0bf-fa18-4e70-8aa4-44debb525a10) read a secret for the first time',
      'lacework.cloud_security.alert.info.subject':
        '(3e0ac0bf-fa18-4e70-8aa4-44debb525a10) read a secret for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.id': '3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
    },
  },
  {
    name: 'first sight: a bare name in parentheses after `A user`',
    rule: 'Reading the description 2 (perhaps in parentheses; a bare name after A user)',
    alert:
      '{"alertInfo": {"description": "A user (olivia) opened a port for the first time", "subject": "A user (olivia) opened a port for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'A user (olivia) opened a port for the first time',
      'lacework.cloud_security.alert.info.subject': 'A user (olivia) opened a port for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'olivia',
      'related.user': ['olivia'],
    },
  },
  {
    name: 'first sight: a number of times in the text counts',
    rule: 'Reading the description 4',
    alert:
      '{"alertInfo": {"description": "User peggy called DescribeKey for the first time and 12 times since", "subject": "User peggy called DescribeKey for the first time and 12 times since"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User peggy called DescribeKey for the first time and 12 times since',
      'lacework.cloud_security.alert.info.subject':
        'User peggy called DescribeKey for the first time and 12 times since',
      'lacework.cloud_security.alert.sight': 12,
      'user.name': 'peggy',
      'related.user': ['peggy'],
    },
  },
  {
    name: 'nothing fits: a number of times without a user is not read',
    rule: 'Reading the description 2 (nothing fits: sight is 1)',
    alert:
      '{"alertInfo": {"description": "Port scan was seen 5 times on host web-1", "subject": "Port scan was seen 5 times on host web-1"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Port scan was seen 5 times on host web-1',
      'lacework.cloud_security.alert.info.subject': 'Port scan was seen 5 times on host web-1',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'a user named like a property of every object',
    rule: 'Reading the description 3; issue 6, prototype names are data like any other',
    alert:
      '{"alertInfo": {"description": "User __proto__ called iam for the first time", "subject": "User __proto__ called iam for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'User __proto__ called iam for the first time',
      'lacework.cloud_security.alert.info.subject': 'User __proto__ called iam for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': '__proto__',
      'related.user': ['__proto__'],
    },
  },
];
