import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceDefinition, type ServiceRuntime, type Sweep, Sweeps } from '#service';
import { tenderingSettings, type TenderingSettings } from './config.js';
import { RehearsalController } from './messaging/rehearsal.controller.js';
import { TenderingController } from './messaging/tendering.controller.js';
import { TenderingEvents } from './messaging/tendering.events.js';
import { Profiles1764200000012 } from './persistence/migrations/profiles-1764200000012.js';
import { Rehearsals1764100000002 } from './persistence/migrations/rehearsals-1764100000002.js';
import { Suspension1764200000005 } from './persistence/migrations/suspension-1764200000005.js';
import { Tables1764000000001 } from './persistence/migrations/tables-1764000000001.js';
import { QuestionEntity } from './persistence/question.entity.js';
import { RehearsalEntity } from './persistence/rehearsal.entity.js';
import { TenderEntity } from './persistence/tender.entity.js';
import { TypeormTenders } from './persistence/typeorm-tenders.js';
import { closeDueTenders } from './use-cases/follow-procedure.js';
import { TenderingPorts } from './use-cases/tendering-ports.js';

@Module({})
class TenderingModule {}

function tenderingModule({
  database,
  requests,
  store,
  settings,
  log,
}: ServiceRuntime<TenderingSettings>): DynamicModule {
  const ports: TenderingPorts = {
    tenders: new TypeormTenders(database),
    requests,
    store,
    regionCode: settings.regionCode,
    random: (length) => randomBytes(length),
    authorityPem: readFileSync(settings.authorityCertificateFile, 'utf8'),
  };
  return {
    module: TenderingModule,
    controllers: [TenderingController, RehearsalController, TenderingEvents],
    providers: [
      { provide: TenderingPorts, useValue: ports },
      { provide: Sweeps, useValue: new Sweeps(log, [deadlines(ports)]) },
    ],
  };
}

/** Looks for passed deadlines; several at once do no harm, because each close is decided anew. */
const deadlines = ({ tenders }: TenderingPorts): Sweep => ({
  name: 'close-due-tenders',
  everyMs: 200,
  work: (call) => closeDueTenders(tenders, call),
});

/** Templates, tenders and their life, clarifications, award, and the clock that closes phases. */
export const tenderingService: ServiceDefinition<typeof tenderingSettings> = {
  name: 'tendering',
  settings: tenderingSettings,
  entities: [TenderEntity, QuestionEntity, RehearsalEntity],
  migrations: [Tables1764000000001, Rehearsals1764100000002, Suspension1764200000005, Profiles1764200000012],
  module: tenderingModule,
};
