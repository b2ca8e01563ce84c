import { readFileSync } from 'node:fs';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceDefinition, ServiceRuntime } from '#service';
import { technicalScoringSettings, type TechnicalScoringSettings } from './config.js';
import { TechnicalScoringController } from './messaging/technical-scoring.controller.js';
import { TechnicalScoringEvents } from './messaging/technical-scoring.events.js';
import { Tables1764000000005 } from './persistence/migrations/tables-1764000000005.js';
import { ScoringEntity } from './persistence/scoring.entity.js';
import { TypeormScorings } from './persistence/typeorm-scorings.js';
import { ScoringPorts } from './use-cases/scoring-ports.js';

@Module({})
class TechnicalScoringModule {}

function technicalScoringModule({
  database,
  requests,
  settings,
}: ServiceRuntime<TechnicalScoringSettings>): DynamicModule {
  const ports: ScoringPorts = {
    scorings: new TypeormScorings(database),
    requests,
    authorityPem: readFileSync(settings.authorityCertificateFile, 'utf8'),
  };
  return {
    module: TechnicalScoringModule,
    controllers: [TechnicalScoringController, TechnicalScoringEvents],
    providers: [{ provide: ScoringPorts, useValue: ports }],
  };
}

/** Experts, aliases and score sheets. Nothing in here, nor in its database, tells whose a bid is. */
export const technicalScoringService: ServiceDefinition<typeof technicalScoringSettings> = {
  name: 'technical-scoring',
  settings: technicalScoringSettings,
  entities: [ScoringEntity],
  migrations: [Tables1764000000005],
  module: technicalScoringModule,
};
