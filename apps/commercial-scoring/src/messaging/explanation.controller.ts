import { Controller } from '@nestjs/common';
import { explainOffer, type RequestOf } from '#contracts';
import { type Call, Handles } from '#service';
import { EvaluationPorts } from '../use-cases/evaluation-ports.js';
import { explainBid } from '../use-cases/explain-bid.js';

/** What bidders are told of their own evaluation. */
@Controller()
export class ExplanationController {
  constructor(private readonly ports: EvaluationPorts) {}

  @Handles(explainOffer)
  explain(body: RequestOf<typeof explainOffer>, call: Call) {
    return explainBid(this.ports, body, call);
  }
}
