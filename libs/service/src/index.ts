export { authorise } from './authorise.js';
export { type Call, systemCall } from './call.js';
export { Consumes, ConsumesAll, Handles } from './handles.js';
export { createLog, type Log, type LogLevel } from './log.js';
export { callInRegionOf, requireRegionOf } from './region-of-tender.js';
export { checkOwnSealedActs, findOwnCommitments, resendOwnActs } from './own-acts/own-acts.js';
export { type Behalf, Requests } from './requests.js';
export { MUTABLE_PREFIXES, openStore, runService, untilSignal } from './run-service.js';
export { type Act, revealActs, sealAct, sealActs } from './sealed-acts.js';
export type { PersistentClass, ServiceDefinition, ServiceRuntime } from './service-definition.js';
export { commonSettings, MODES, readSettings, variableName } from './settings.js';
export {
  type Infrastructure,
  type RunningServices,
  type ServicePlacement,
  startServices,
} from './start-services.js';
export { type Sweep, Sweeps } from './sweeps.js';
