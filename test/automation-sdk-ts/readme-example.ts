import { Connector, Module, Secret } from '@sekoia/automation-sdk-ts';
import { z } from 'zod';

const secret = z.string().transform((text) => new Secret(text));
const account = z.object({ host: z.string(), apiKey: secret });
const weather = new Module({ name: 'Weather', slug: 'weather', version: '1.0.0', account, secrets: ['apiKey'] });
weather.register(
  'fetch_reports',
  new Connector({
    configuration: z.object({ intake_key: secret, frequency: z.int().min(1).default(60) }),
    async run({ account, configuration, monitor, storage, clock, signal }) {
      for (let poll = (await storage.get('poll', z.int())) ?? 1; !signal.aborted; poll++) {
        monitor.report({ code: 'polled', level: 'info', text: `Poll ${poll} of ${account.host}.` });
        await storage.set('poll', poll + 1);
        await clock.sleep(configuration.frequency * 1000, signal);
      }
    },
  }),
);
process.exitCode = await weather.run();
