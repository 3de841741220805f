export { type Clock, systemClock } from './clock.js';
export type { ConnectorContext, HttpSettings, PlaybookEvent, TriggerContext } from './context.js';

export {
  ConfigurationError,
  CriticalError,
  DamagedValueError,
  type ErrorDetails,
  LeaseLostError,
  ModuleError,
  PlatformError,
  StorageError,
} from './errors.js';
export { type FormSchema, formSchema } from './manifest.js';

export {
  defineMessage,
  type Level,
  type Message,
  type MessageKind,
  type MessageMaker,
  type Monitor,
} from './message.js';
export type { Metrics } from './metrics.js';
export { Secret } from './secret.js';
export type { Lease, Storage } from './storage.js';
