import { Controller } from '@nestjs/common';
import {
  biddersNamed,
  type DataOf,
  envelopesOpened,
  type EventEnvelope,
  getBoqComparison,
  getBoqReport,
  getEvaluation,
  type RequestOf,
  scoresLocked,
  tenderPublished,
} from '#contracts';
import { type Call, callInRegionOf, Consumes, Handles } from '#service';
import * as evaluating from '../use-cases/evaluate-offers.js';
import * as reporting from '../use-cases/read-reports.js';
import { EvaluationPorts } from '../use-cases/evaluation-ports.js';

/** One method a subject: hands what came to its use case, and nothing else. */
@Controller()
export class CommercialScoringController {
  constructor(private readonly ports: EvaluationPorts) {}

  @Handles(getEvaluation)
  evaluation(body: RequestOf<typeof getEvaluation>) {
    return evaluating.readEvaluation(this.ports, body);
  }

  @Handles(getBoqComparison)
  async comparison(body: RequestOf<typeof getBoqComparison>, call: Call) {
    return reporting.readComparison(this.ports, body, await this.within(call, body.tenderId));
  }

  @Handles(getBoqReport)
  async report(body: RequestOf<typeof getBoqReport>, call: Call) {
    return reporting.readReport(this.ports, body, await this.within(call, body.tenderId));
  }

  private within(call: Call, tenderId: string): Promise<Call> {
    return callInRegionOf(this.ports.requests, call, tenderId);
  }

  @Consumes('commercial-scoring', tenderPublished)
  async published(data: DataOf<typeof tenderPublished>, event: EventEnvelope): Promise<void> {
    await reporting.rememberBuyer(this.ports, event);
    await evaluating.prepare(this.ports, data, event);
  }

  @Consumes('commercial-scoring', biddersNamed)
  named(data: DataOf<typeof biddersNamed>, event: EventEnvelope): Promise<void> {
    return reporting.rememberOwners(this.ports, data, event);
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
