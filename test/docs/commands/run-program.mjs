import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs lacework-trigger for a page's test; a command that does not end by itself is asked to: `run` after its first poll, `console` when it says where it is. */
const program = fileURLToPath(new URL('../../../dist/bin/lacework-trigger.js', import.meta.url));
const args = process.argv.slice(2);
const child = spawn(process.execPath, [program, ...args], { stdio: ['inherit', 'pipe', 'inherit'] });
child.stdout.setEncoding('utf8').on('data', (text) => {
  process.stdout.write(text);
  if (args[0] === 'run' && /"poll_ended"|"nothing_new"/.test(text)) child.kill('SIGTERM');
  if (args[0] === 'console' && /http:\/\/127\.0\.0\.1:\d+/.test(text)) child.kill('SIGTERM');
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
