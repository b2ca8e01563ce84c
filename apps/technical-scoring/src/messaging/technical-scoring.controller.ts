import { Controller } from '@nestjs/common';
import {
  declareConflicts,
  getScoringWork,
  getTechnicalResult,
  readPart,
  type RequestOf,
  saveScores,
  signSheet,
} from '#contracts';
import { type Call, Handles } from '#service';
import * as scoring from '../use-cases/score-bids.js';
import { ScoringPorts } from '../use-cases/scoring-ports.js';
import { sign } from '../use-cases/sign-sheet.js';

/** One method a subject: hands the body to its use case, and nothing else. */
@Controller()
export class TechnicalScoringController {
  constructor(private readonly ports: ScoringPorts) {}

  @Handles(declareConflicts)
  declare(body: RequestOf<typeof declareConflicts>, call: Call) {
    return scoring.declare(this.ports.scorings, body, call);
  }

  @Handles(getScoringWork)
  work(body: RequestOf<typeof getScoringWork>, call: Call) {
    return scoring.work(this.ports.scorings, body, call);
  }

  @Handles(readPart)
  part(body: RequestOf<typeof readPart>, call: Call) {
    return scoring.part(this.ports.scorings, body, call);
  }

  @Handles(saveScores)
  save(body: RequestOf<typeof saveScores>, call: Call) {
    return scoring.save(this.ports.scorings, body, call);
  }

  @Handles(signSheet)
  sign(body: RequestOf<typeof signSheet>, call: Call) {
    return sign(this.ports, body, call);
  }

  @Handles(getTechnicalResult)
  result(body: RequestOf<typeof getTechnicalResult>) {
    return scoring.result(this.ports.scorings, body);
  }
}
