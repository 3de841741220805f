import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs lacework-trigger for a page's test; the command that does not end by itself is asked to after its first poll. */
const program = fileURLToPath(new URL('../../dist/bin/lacework-trigger.js', import.meta.url));
const args = process.argv.slice(2);
const child = spawn(process.execPath, [program, ...args], { stdio: ['inherit', 'pipe', 'inherit'] });
child.stdout.setEncoding('utf8').on('data', (text) => {
  process.stdout.write(text);
  if (args[0] === 'run' && /"poll_ended"|"nothing_new"/.test(text)) child.kill('SIGTERM');
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
