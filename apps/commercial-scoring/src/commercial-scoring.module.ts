import { type DynamicModule, Module } from '@nestjs/common';
import { z } from 'zod';
import type { ServiceDefinition, ServiceRuntime } from '#service';
import { CommercialScoringController } from './messaging/commercial-scoring.controller.js';
import { EvaluationEntity } from './persistence/evaluation.entity.js';
import { Bills1764300000004 } from './persistence/migrations/bills-1764300000004.js';
import { Tables1764000000006 } from './persistence/migrations/tables-1764000000006.js';
import { TypeormBills } from './persistence/typeorm-bills.js';
import { TypeormEvaluations } from './persistence/typeorm-evaluations.js';
import { KeptReports } from './reports/kept-reports.js';
import { EvaluationPorts } from './use-cases/evaluation-ports.js';

const commercialScoringSettings = z.strictObject({});

@Module({})
class CommercialScoringModule {}

function commercialScoringModule({ database, store, requests }: ServiceRuntime): DynamicModule {
  const ports: EvaluationPorts = {
    evaluations: new TypeormEvaluations(database),
    bills: new TypeormBills(database),
    reports: new KeptReports(store),
    store,
    requests,
  };
  return {
    module: CommercialScoringModule,
    controllers: [CommercialScoringController],
    providers: [{ provide: EvaluationPorts, useValue: ports }],
  };
}

/** Price methods, BOQ checks, ranking. */
export const commercialScoringService: ServiceDefinition<typeof commercialScoringSettings> = {
  name: 'commercial-scoring',
  settings: commercialScoringSettings,
  entities: [EvaluationEntity],
  migrations: [Tables1764000000006, Bills1764300000004],
  module: commercialScoringModule,
};
