// A module that the tests start as a process, as the platform would: built code, one argument.
import { Connector, Module, Secret } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';

const secret = () =>
  z
    .string()
    .min(1)
    .transform((value) => new Secret(value));
const configuration = z.object({ intake_key: secret() });
const stateStore = () => 'memory:';
const say = (context, text) => context.monitor.report({ code: 'sample', level: 'info', text });

const collect = async (context) => {
  for (let poll = 1; !context.signal.aborted; poll++) {
    say(context, `Poll ${poll}.`);
    await context.clock.sleep(200, context.signal);
  }
  say(context, 'Stopped.');
};

/** Takes no notice of the stop. */
const stubborn = (context) => {
  say(context, 'Working.');
  return new Promise((resolve) => setTimeout(resolve, 3_600_000));
};

/** An error that nobody catches, with a credential on it. */
const crash = async (context) => {
  setTimeout(() => {
    throw Object.assign(new Error(`lost ${context.account.secret.reveal()}`), {
      options: { headers: { authorization: context.account.secret.reveal() } },
    });
  }, 10);
  await collect(context);
};

const module = new Module({
  name: 'Sample',
  slug: 'sample',
  version: '1.2.3',
  account: z.object({ host: z.string().min(1), secret: secret() }),
  secrets: ['secret'],
});
for (const [command, run] of Object.entries({ collect, stubborn, crash })) {
  module.register(command, new Connector({ configuration, run, stateStore }));
}
process.exitCode = await module.run();
