/** What a page only names: what is run in its place, which knows the command and its options all the same. */
export const RUN_INSTEAD: Readonly<Record<string, string>> = {
  // … stands for any command.
  'npx lacework-trigger …': 'npx lacework-trigger --version',
  'npx lacework-trigger run …': 'npx lacework-trigger run --help',
  // Names of commands, in sentences about them.
  'lacework-trigger state rewind': 'lacework-trigger state rewind --help',
};

/** Commands that no test runs as they stand, each with its reason. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'docker exec': 'names the program that other commands are run with',
  'kubectl exec': 'names the program that other commands are run with',
  'node main.js fetch_reports': 'starts the module of the example, which has a test of its own (readme.test.ts)',
  'node dist/bin/main.js fetch_new_logs':
    'wants the values of a platform, and is what helpers/stage.ts starts in most tests',
  'curl -s http://198.51.100.7/x.sh': 'is an example of process.command_line',
};
