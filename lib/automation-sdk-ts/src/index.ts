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
export {
  BodyTooLargeError,
  createHttpClient,
  createHttpSettings,
  type Environment,
  type HttpClientOptions,
  RedirectRefusedError,
} from './http.js';
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
export { describeNetworkError, type NetworkErrorDescription, type NetworkErrorKind } from './network-error.js';
export { Secret } from './secret.js';
export type { Lease, Storage } from './storage.js';
