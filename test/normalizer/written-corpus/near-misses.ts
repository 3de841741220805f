import { always, type WrittenCase } from './written-case.js';

/** What nearly is a part of an alert and is not, and the reverse. */
export const nearMisses: readonly WrittenCase[] = [
  {
    name: 'a description in the middle of a subject that begins like it',
    rule: 'Reading the description (occurs, as it stands, inside the subject)',
    alert:
      '{"alertInfo": {"description": "abab abab abab abab abab abab abac 3 times by user alice", "subject": "abab abab abab abab abab abab abab abac 3 times by user alice (again)"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'abab abab abab abab abab abab abac 3 times by user alice',
      'lacework.cloud_security.alert.info.subject':
        'abab abab abab abab abab abab abab abac 3 times by user alice (again)',
      'lacework.cloud_security.alert.sight': 3,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'a description of which the subject has all but one letter',
    rule: 'Reading the description (occurs, as it stands, inside the subject)',
    alert:
      '{"alertInfo": {"description": "abab abab abab abab abab abab abac 3 times by user alice", "subject": "S: abab abab abab abab abab abab abab 3 times by user alice, again and again"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'abab abab abab abab abab abab abac 3 times by user alice',
      'lacework.cloud_security.alert.info.subject':
        'S: abab abab abab abab abab abab abab 3 times by user alice, again and again',
    },
  },
  {
    name: 'a description longer than its subject',
    rule: 'Reading the description (occurs, as it stands, inside the subject)',
    alert:
      '{"alertInfo": {"description": "Unauthorized API call was attempted 3 times by user alice", "subject": "Unauthorized API call"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Unauthorized API call was attempted 3 times by user alice',
      'lacework.cloud_security.alert.info.subject': 'Unauthorized API call',
    },
  },
  {
    name: 'times without a number',
    rule: 'Reading the description 4 (a number of times, otherwise 1)',
    alert:
      '{"alertInfo": {"description": "It happened many times with 5 timestamps by user alice", "subject": "It happened many times with 5 timestamps by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'It happened many times with 5 timestamps by user alice',
      'lacework.cloud_security.alert.info.subject': 'It happened many times with 5 timestamps by user alice',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'an address and then times without a number before a number of times',
    rule: 'Reading the description 2 (an address), 4',
    alert:
      '{"alertInfo": {"description": "User alice came from an IP address 203.0.113.1 many times, in all 3 times", "subject": "User alice came from an IP address 203.0.113.1 many times, in all 3 times"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User alice came from an IP address 203.0.113.1 many times, in all 3 times',
      'lacework.cloud_security.alert.info.subject':
        'User alice came from an IP address 203.0.113.1 many times, in all 3 times',
      'lacework.cloud_security.alert.sight': 3,
      'user.name': 'alice',
      'related.user': ['alice'],
      'source.ip': '203.0.113.1',
      'source.address': '203.0.113.1',
      'related.ip': ['203.0.113.1'],
    },
  },
  {
    name: 'an address in parentheses and before a comma',
    rule: 'Reading the description 2 (an address). The page is silent on punctuation around IP; it is no part of an address',
    alert:
      '{"alertInfo": {"description": "User alice came from an IP address (203.0.113.1), for the first time", "subject": "User alice came from an IP address (203.0.113.1), for the first time"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User alice came from an IP address (203.0.113.1), for the first time',
      'lacework.cloud_security.alert.info.subject':
        'User alice came from an IP address (203.0.113.1), for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
      'source.ip': '203.0.113.1',
      'source.address': '203.0.113.1',
      'related.ip': ['203.0.113.1'],
    },
  },
  {
    name: 'a head without an account is none',
    rule: 'Reading the description 1 (ACCOUNT is letters, digits, ., _, -)',
    alert:
      '{"alertInfo": {"description": "For account: : tried 7 times by user bob", "subject": "For account: : tried 7 times by user bob"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'For account: : tried 7 times by user bob',
      'lacework.cloud_security.alert.info.subject': 'For account: : tried 7 times by user bob',
      'lacework.cloud_security.alert.sight': 7,
      'user.name': 'bob',
      'related.user': ['bob'],
    },
  },
  {
    name: 'a head whose parenthesis never closes is none',
    rule: 'Reading the description 1 (the parenthesis)',
    alert:
      '{"alertInfo": {"description": "For account: acme (Acme : tried 3 times by user bob", "subject": "For account: acme (Acme : tried 3 times by user bob"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'For account: acme (Acme : tried 3 times by user bob',
      'lacework.cloud_security.alert.info.subject': 'For account: acme (Acme : tried 3 times by user bob',
      'lacework.cloud_security.alert.sight': 3,
      'user.name': 'bob',
      'related.user': ['bob'],
    },
  },
  {
    name: 'a company of white space is absent',
    rule: 'Reading the description 1; The event (never "")',
    alert:
      '{"alertInfo": {"description": "For account: acme (  ) : tried 3 times by user bob", "subject": "For account: acme (  ) : tried 3 times by user bob"}}',
    event: {
      ...always,
      'lacework.cloud_security.account.name': 'acme',
      'lacework.cloud_security.alert.info.description': 'For account: acme (  ) : tried 3 times by user bob',
      'lacework.cloud_security.alert.info.subject': 'For account: acme (  ) : tried 3 times by user bob',
      'lacework.cloud_security.alert.sight': 3,
      'user.name': 'bob',
      'related.user': ['bob'],
    },
  },
  {
    name: 'a new service whose parenthesis never closes: a user at the end',
    rule: 'Reading the description 2 (a new service has its parentheses)',
    alert:
      '{"alertInfo": {"description": "A new service s3 was used (by user alice", "subject": "A new service s3 was used (by user alice"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'A new service s3 was used (by user alice',
      'lacework.cloud_security.alert.info.subject': 'A new service s3 was used (by user alice',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'a new service: the `by user` in parentheses behind one without',
    rule: 'Reading the description 2 (a new service)',
    alert:
      '{"alertInfo": {"description": "A new service s3 was found by user bob as it was used (by user alice)", "subject": "A new service s3 was found by user bob as it was used (by user alice)"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'A new service s3 was found by user bob as it was used (by user alice)',
      'lacework.cloud_security.alert.info.subject':
        'A new service s3 was found by user bob as it was used (by user alice)',
      'lacework.cloud_security.alert.sight': 1,
      'service.name': 's3',
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: '`by user` with nobody behind it fits nothing',
    rule: 'Reading the description 2 (a user at the end has a NAME; nothing fits)',
    alert: '{"alertInfo": {"description": "Tried 2 times by user  ", "subject": "Tried 2 times by user  "}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'Tried 2 times by user  ',
      'lacework.cloud_security.alert.info.subject': 'Tried 2 times by user  ',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'words that begin like the phrases',
    rule: 'Reading the description 2 (`by user`, `first time`)',
    alert:
      '{"alertInfo": {"description": "User alice was the first timer, seen 3 times by username bob", "subject": "User alice was the first timer, seen 3 times by username bob"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'User alice was the first timer, seen 3 times by username bob',
      'lacework.cloud_security.alert.info.subject': 'User alice was the first timer, seen 3 times by username bob',
      'lacework.cloud_security.alert.sight': 1,
    },
  },
  {
    name: 'an hour, a minute and a zone that do not exist',
    rule: 'Odd input (an unreadable startTime)',
    alert: '{"startTime": "2024-02-13T25:00:00Z", "endTime": "2024-02-13T17:60:00Z"}',
    event: { ...always },
  },
  {
    name: 'a zone that is none, and a point without a fraction',
    rule: 'Odd input (an unreadable startTime)',
    alert: '{"startTime": "2024-02-13T17:00:00+25:00", "endTime": "2024-02-13T17:00:00.Z"}',
    event: { ...always },
  },
  {
    name: 'letters behind a time, and the thirty-first of April',
    rule: 'Odd input (an unreadable startTime)',
    alert: '{"startTime": "2024-02-13T17:00:00Zulu", "endTime": "2024-04-31T17:00:00Z"}',
    event: { ...always },
  },
  {
    name: 'leap days of centuries: 2000 has one',
    rule: '@timestamp; Odd input (an unreadable endTime: 1900 has none)',
    alert: '{"startTime": "2000-02-29T12:00:00Z", "endTime": "1900-02-29T12:00:00Z"}',
    event: { ...always, '@timestamp': '2000-02-29T12:00:00Z', 'event.start': '2000-02-29T12:00:00Z' },
  },
  {
    name: 'a text that looks like the id, before the id',
    rule: 'lacework.cloud_security.alert.id (alertId); issue 6, escapes',
    alert: String.raw`{"note": "\"alertId\": 5, {[", "alertId":9007199254740993, "other": "alertId"}`,
    event: { ...always, 'lacework.cloud_security.alert.id': 9007199254740993n },
  },
  {
    name: 'the id again, spelt with an escape: the last counts',
    rule: 'Issue 6, exact source text (escapes, duplicate keys)',
    alert: String.raw`{"alertId": 5, "\u0061lertId": 9007199254740993}`,
    event: { ...always, 'lacework.cloud_security.alert.id': 9007199254740993n },
  },
  {
    name: 'a process id that is no whole number',
    rule: 'Reading the entity map: process.pid; Odd input (wrongly typed)',
    alert: '{"entityMap": {"Process": [{"KEY": {"process_id": 1.5}, "PROPS": {"cmdline": "sh"}}]}}',
    event: { ...always, 'process.command_line': 'sh' },
  },
  {
    name: 'an alias is that of its own account: CT_User`s account has none',
    rule: 'Reading the entity map: cloud.account.id, .name (CT_User account; otherwise RecId account_id, account_alias: the pair)',
    alert:
      '{"entityMap": {"CT_User": [{"KEY": {"account": "123456789012"}}], "RecId": [{"PROPS": {"account_id": "210987654321", "account_alias": "other"}}]}}',
    event: { ...always, 'cloud.account.id': '123456789012', 'cloud.provider': 'aws' },
  },
];
