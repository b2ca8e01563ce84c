import { Controller } from '@nestjs/common';
import {
  askAboutPrice,
  decideCorrection,
  decidePrice,
  explainPrice,
  getAbnormalPrices,
  getBoqComparison,
  getBoqReport,
  getCorrections,
  getEvaluation,
  getRobustness,
  proposeCorrection,
  type RequestOf,
} from '#contracts';
import { type Call, callInRegionOf, Handles } from '#service';
import * as clarifying from '../use-cases/clarify-prices.js';
import * as correcting from '../use-cases/correct-evaluations.js';
import * as evaluating from '../use-cases/evaluate-offers.js';
import { EvaluationPorts } from '../use-cases/evaluation-ports.js';
import * as reporting from '../use-cases/read-reports.js';
import { readRobustness } from '../use-cases/report-robustness.js';

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

  @Handles(getAbnormalPrices)
  async abnormalPrices(body: RequestOf<typeof getAbnormalPrices>, call: Call) {
    return clarifying.readAbnormalPrices(this.ports, body, await this.within(call, body.tenderId));
  }

  @Handles(askAboutPrice)
  ask(body: RequestOf<typeof askAboutPrice>, call: Call) {
    return clarifying.askBidder(this.ports, body, call);
  }

  @Handles(explainPrice)
  explain(body: RequestOf<typeof explainPrice>, call: Call) {
    return clarifying.takeExplanation(this.ports, body, call);
  }

  @Handles(decidePrice)
  decide(body: RequestOf<typeof decidePrice>, call: Call) {
    return clarifying.decideOnPrice(this.ports, body, call);
  }

  @Handles(getCorrections)
  corrections(body: RequestOf<typeof getCorrections>) {
    return correcting.readCorrections(this.ports, body);
  }

  @Handles(getRobustness)
  robustness(body: RequestOf<typeof getRobustness>) {
    return readRobustness(this.ports, body);
  }

  @Handles(proposeCorrection)
  propose(body: RequestOf<typeof proposeCorrection>, call: Call) {
    return correcting.propose(this.ports, body, call);
  }

  @Handles(decideCorrection)
  async confirm(body: RequestOf<typeof decideCorrection>, call: Call) {
    return correcting.decide(this.ports, body, await this.within(call, body.tenderId));
  }
}
