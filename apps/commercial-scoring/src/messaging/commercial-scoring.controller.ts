import { Controller } from '@nestjs/common';
import {
  type DataOf,
  envelopesOpened,
  type EventEnvelope,
  getEvaluation,
  type RequestOf,
  scoresLocked,
  tenderPublished,
} from '#contracts';
import { Consumes, Handles } from '#service';
import * as evaluating from '../use-cases/evaluate-offers.js';
import { EvaluationPorts } from '../use-cases/evaluation-ports.js';

/** One method a subject: hands what came to its use case, and nothing else. */
@Controller()
export class CommercialScoringController {
  constructor(private readonly ports: EvaluationPorts) {}

  @Handles(getEvaluation)
  evaluation(body: RequestOf<typeof getEvaluation>) {
    return evaluating.readEvaluation(this.ports, body);
  }

  @Consumes('commercial-scoring', tenderPublished)
  published(data: DataOf<typeof tenderPublished>, event: EventEnvelope): Promise<void> {
    return evaluating.prepare(this.ports, data, event);
  }

  @Consumes('commercial-scoring', scoresLocked)
  locked(data: DataOf<typeof scoresLocked>, event: EventEnvelope): Promise<void> {
    return evaluating.takeScores(this.ports, data, event);
  }

  @Consumes('commercial-scoring', envelopesOpened)
  opened(data: DataOf<typeof envelopesOpened>, event: EventEnvelope): Promise<void> {
    return evaluating.takeOffers(this.ports, data, event);
  }
}
