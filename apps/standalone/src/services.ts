import { auditService } from '../../audit/src/audit.module.js';
import { commercialScoringService } from '../../commercial-scoring/src/commercial-scoring.module.js';
import { gatewayService } from '../../gateway/src/gateway.module.js';
import { registrationService } from '../../registration/src/registration.module.js';
import { technicalScoringService } from '../../technical-scoring/src/technical-scoring.module.js';
import { tenderingService } from '../../tendering/src/tendering.module.js';
import { vaultService } from '../../vault/src/vault.module.js';
import type { ServiceDefinition } from '#service';

/** Every service of the platform; consumers of events are registered before anything can be told. */
export const SERVICES = [
  auditService,
  registrationService,
  tenderingService,
  vaultService,
  technicalScoringService,
  commercialScoringService,
  gatewayService,
] as unknown as readonly ServiceDefinition[];
