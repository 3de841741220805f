export {
  type AccountContext,
  AccountValidator,
  type AccountValidatorOptions,
  type AccountVerdict,
} from './account-validator.js';
export { type Clock, systemClock } from './clock.js';
export { Connector, type ConnectorOptions, type ForwardingConfiguration } from './connector.js';
export type { WriteLine } from './console-line.js';
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
export { EventBatch } from './event-batch.js';
export {
  BodyTooLargeError,
  createHttpClient,
  createHttpSettings,
  type Environment,
  type HttpClientOptions,
  RedirectRefusedError,
} from './http.js';
export { IntakeClient, type IntakeClientOptions, type IntakeOutcome, type Refusal } from './intake-client.js';
export { type FormSchema, formSchema } from './manifest.js';
export {
  defineMessage,
  type Level,
  type Message,
  type MessageKind,
  type MessageMaker,
  type Monitor,
} from './message.js';
export * as sdkMessages from './messages.js';
export type { Metrics } from './metrics.js';
export { Module } from './module.js';
export { describeNetworkError, type NetworkErrorDescription, type NetworkErrorKind } from './network-error.js';
export { type RunOptions, runModule } from './run-module.js';
export { Secret } from './secret.js';
export type { Item, ModuleOptions } from './session.js';
export type { Lease, Storage } from './storage.js';
export { Trigger, type TriggerOptions } from './trigger.js';
