export {
  type AccountContext,
  AccountValidator,
  type AccountValidatorOptions,
  type AccountVerdict,
} from './account-validator.js';
export { BodyMemory } from './body-memory.js';
export { type Clock, systemClock } from './clock.js';
export { type Form, parseForm } from './configuration.js';
export { Connector, type ConnectorContext, type ConnectorOptions, type ForwardingConfiguration } from './connector.js';
export type { WriteLine } from './console-line.js';
export type { HttpSettings, PlaybookEvent, TriggerContext } from './context.js';
export type { Environment } from './environment.js';
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
export { type EscapedText, EventBatch } from './event-batch.js';
export {
  BodyTooLargeError,
  closeHttpSettings,
  createHttpClient,
  createHttpSettings,
  type HttpClientOptions,
  RedirectRefusedError,
} from './http.js';
export { trustedAuthorities } from './http-certificates.js';
export { IntakeClient, type IntakeClientOptions } from './intake-client.js';
export type { IntakeOutcome, Refusal } from './intake-outcome.js';
export { JsonText } from './json-text.js';
export { type HoldLeaseOptions, holdLease } from './lease/hold-lease.js';
export type { HeldLease } from './lease/renewed-lease.js';
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
export { connectPlatform, type PlatformConnection } from './platform-connection.js';
export { type Answer, readAnswer } from './read-answer.js';
export { createRedactor, type Redactor } from './redact.js';
export { type RunOptions, runModule } from './run-module.js';
export { type RuntimeValues, readRuntimeValues } from './runtime-values.js';
export { Secret } from './secret.js';
export { fetchSecrets } from './secrets.js';
export type { Item, ModuleOptions } from './session.js';
export { shownAddress } from './shown-address.js';
export { configurationUuid, dataPathOf } from './state.js';
export type { DataPath } from './storage/data-path.js';
export { memoryStorage, type OpenedStorage, openStorage } from './storage/open-storage.js';
export { isStateStore } from './storage/state-store.js';
export type { Lease, Storage } from './storage.js';
export { Trigger, type TriggerOptions } from './trigger.js';
export { waitAlive } from './wait.js';
