import { randomBytes } from 'node:crypto';
import { type DynamicModule, Module } from '@nestjs/common';
import { z } from 'zod';
import { type ServiceDefinition, type ServiceRuntime, type Sweep, Sweeps } from '#service';
import { CommercialScoringController } from './messaging/commercial-scoring.controller.js';
import { CommercialScoringEvents } from './messaging/commercial-scoring.events.js';
import { ExplanationController } from './messaging/explanation.controller.js';
import { EvaluationEntity } from './persistence/evaluation.entity.js';
import { Bills1764300000004 } from './persistence/migrations/bills-1764300000004.js';
import { Tables1764000000006 } from './persistence/migrations/tables-1764000000006.js';
import { Versions1764400000006 } from './persistence/migrations/versions-1764400000006.js';
import { TypeormBills } from './persistence/typeorm-bills.js';
import { TypeormEvaluations } from './persistence/typeorm-evaluations.js';
import { KeptReports } from './reports/kept-reports.js';
import { EvaluationPorts } from './use-cases/evaluation-ports.js';
import { reportDue } from './use-cases/report-robustness.js';

const commercialScoringSettings = z.strictObject({});

/** How soon after a ranking its report is begun. */
const ROBUSTNESS_EVERY_MS = 500;

@Module({})
class CommercialScoringModule {}

const robustnessSweep = (ports: EvaluationPorts): Sweep => ({
  name: 'report-robustness',
  everyMs: ROBUSTNESS_EVERY_MS,
  work: (call, signal) => reportDue(ports, call, signal),
});

function commercialScoringModule({ database, store, requests, log }: ServiceRuntime): DynamicModule {
  const ports: EvaluationPorts = {
    evaluations: new TypeormEvaluations(database),
    bills: new TypeormBills(database),
    reports: new KeptReports(store),
    store,
    requests,
    random: (length) => randomBytes(length),
  };
  return {
    module: CommercialScoringModule,
    controllers: [CommercialScoringController, CommercialScoringEvents, ExplanationController],
    providers: [
      { provide: EvaluationPorts, useValue: ports },
      { provide: Sweeps, useValue: new Sweeps(log, [robustnessSweep(ports)]) },
    ],
  };
}

/** Price methods, BOQ checks, ranking. */
export const commercialScoringService: ServiceDefinition<typeof commercialScoringSettings> = {
  name: 'commercial-scoring',
  settings: commercialScoringSettings,
  entities: [EvaluationEntity],
  migrations: [Tables1764000000006, Bills1764300000004, Versions1764400000006],
  module: commercialScoringModule,
};
