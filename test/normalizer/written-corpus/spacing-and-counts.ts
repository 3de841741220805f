import { always, type WrittenCase } from './written-case.js';

/** Any spacing, any number of times, and when a description is read at all. */
export const spacingAndCounts: readonly WrittenCase[] = [
  {
    name: 'no white space around the parts of the head',
    rule: 'Reading the description (white space around each part varies), 1',
    alert:
      '{"alertInfo": {"description": "For account:0123456789(Acme):Root account was used 96 times by user 0123456789", "subject": "For account:0123456789(Acme):Root account was used 96 times by user 0123456789"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': '0123456789',
      'lacework.cloud_security.company.name': 'Acme',
      'lacework.cloud_security.alert.info.description':
        'For account:0123456789(Acme):Root account was used 96 times by user 0123456789',
      'lacework.cloud_security.alert.info.subject':
        'For account:0123456789(Acme):Root account was used 96 times by user 0123456789',
      'lacework.cloud_security.alert.sight': 96,
      'user.name': '0123456789',
      'related.user': ['0123456789'],
    },
  },
  {
    name: 'tabs, line breaks and many spaces around every part',
    rule: 'Reading the description (white space around each part varies), 1, 2',
    alert: String.raw`{"alertInfo": {"description": "\n\tFor account:\t 0123456789 \n (  Acme Corp  )\t:\n Root account was used \t 96 \n times \t by user \n\t 0123456789 \t\n", "subject": "\n\tFor account:\t 0123456789 \n (  Acme Corp  )\t:\n Root account was used \t 96 \n times \t by user \n\t 0123456789 \t\n"}}`,
    event: {
      ...always,
      'lacework.cloud_security.account.name': '0123456789',
      'lacework.cloud_security.company.name': 'Acme Corp',
      'lacework.cloud_security.alert.info.description':
        '\n\tFor account:\t 0123456789 \n (  Acme Corp  )\t:\n Root account was used \t 96 \n times \t by user \n\t 0123456789 \t\n',
      'lacework.cloud_security.alert.info.subject':
        '\n\tFor account:\t 0123456789 \n (  Acme Corp  )\t:\n Root account was used \t 96 \n times \t by user \n\t 0123456789 \t\n',
      'lacework.cloud_security.alert.sight': 96,
      'user.name': '0123456789',
      'related.user': ['0123456789'],
    },
  },
  {
    name: 'many spaces in an address',
    rule: 'Reading the description (white space around each part varies), 2 (an address)',
    alert:
      '{"alertInfo": {"description": "   User   alice   logged in   from an IP address   203.0.113.10   for the   first time   ", "subject": "x   User   alice   logged in   from an IP address   203.0.113.10   for the   first time   "}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        '   User   alice   logged in   from an IP address   203.0.113.10   for the   first time   ',
      'lacework.cloud_security.alert.info.subject':
        'x   User   alice   logged in   from an IP address   203.0.113.10   for the   first time   ',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
      'source.ip': '203.0.113.10',
      'source.address': '203.0.113.10',
      'related.ip': ['203.0.113.10'],
    },
  },
  {
    name: 'many spaces in a new service',
    rule: 'Reading the description (white space around each part varies), 2 (a new service)',
    alert:
      '{"alertInfo": {"description": "  A new service    s3.amazonaws.com    was used   (  by user   alice  )  ", "subject": "  A new service    s3.amazonaws.com    was used   (  by user   alice  )  "}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        '  A new service    s3.amazonaws.com    was used   (  by user   alice  )  ',
      'lacework.cloud_security.alert.info.subject':
        '  A new service    s3.amazonaws.com    was used   (  by user   alice  )  ',
      'lacework.cloud_security.alert.sight': 1,
      'service.name': 's3.amazonaws.com',
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'an account with a character that none has: no head',
    rule: 'Reading the description 1 (ACCOUNT is letters, digits, ., _, -)',
    alert:
      '{"alertInfo": {"description": "For account: acme/prod : used 2 times by user alice", "subject": "For account: acme/prod : used 2 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'For account: acme/prod : used 2 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'For account: acme/prod : used 2 times by user alice',
      'lacework.cloud_security.alert.sight': 2,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'fifteen digits of times',
    rule: 'Reading the description 4',
    alert:
      '{"alertInfo": {"description": "Tried 999999999999999 times by user alice", "subject": "Tried 999999999999999 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 999999999999999 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'Tried 999999999999999 times by user alice',
      'lacework.cloud_security.alert.sight': 999999999999999,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'sixteen digits are no number of times',
    rule: 'Reading the description 4',
    alert:
      '{"alertInfo": {"description": "Tried 1000000000000000 times by user alice", "subject": "Tried 1000000000000000 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 1000000000000000 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'Tried 1000000000000000 times by user alice',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'thousands separators, twice',
    rule: 'Reading the description 4',
    alert:
      '{"alertInfo": {"description": "Tried 12,345,678 times by user alice", "subject": "Tried 12,345,678 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 12,345,678 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'Tried 12,345,678 times by user alice',
      'lacework.cloud_security.alert.sight': 12345678,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'a description that is not in the subject is not read',
    rule: 'Reading the description (occurs, as it stands, inside the subject)',
    alert:
      '{"alertInfo": {"description": "For account: 1 : tried 3 times by user alice", "subject": "Tried by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'For account: 1 : tried 3 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'Tried by user alice',
    },
  },
  {
    name: 'a description that differs from the subject in one space is not read',
    rule: 'Reading the description (occurs, as it stands, inside the subject)',
    alert:
      '{"alertInfo": {"description": "Tried 3 times by user  alice", "subject": "API: Tried 3 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 3 times by user  alice',
      'lacework.cloud_security.alert.info.subject': 'API: Tried 3 times by user alice',
    },
  },
  {
    name: 'a description without a subject is not read',
    rule: 'Reading the description (inside the subject); Odd input',
    alert: '{"alertInfo": {"description": "Tried 3 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 3 times by user alice',
    },
  },
  {
    name: 'an empty description is absent and not read',
    rule: 'The event (never ""); Reading the description (not empty)',
    alert: '{"alertInfo": {"description": "", "subject": "Something happened 3 times by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.subject': 'Something happened 3 times by user alice',
    },
  },
  {
    name: 'a description of white space is kept, and read as one in which nothing fits',
    rule: 'The event (untrimmed); Reading the description 2 (nothing fits)',
    alert: '{"alertInfo": {"description": "  ", "subject": "a  b"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': '  ',
      'lacework.cloud_security.alert.info.subject': 'a  b',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
];
