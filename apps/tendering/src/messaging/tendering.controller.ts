import { Controller } from '@nestjs/common';
import {
  answerQuestion,
  askQuestion,
  awardTender,
  cancelTender,
  createTender,
  getDraft,
  getTender,
  listQuestions,
  listTemplates,
  listTenders,
  publishTender,
  readTenderDocument,
  resumeTender,
  type RequestOf,
  type ResponseOf,
  startStandstill,
  submitTrusteeStatement,
  suspendTender,
  updateDraft,
} from '#contracts';
import { type Call, Handles } from '#service';
import { TEMPLATES } from '../domain/templates/templates.js';
import { changeDraft, makeDraft } from '../use-cases/edit-draft.js';
import * as moves from '../use-cases/move-tender.js';
import * as questions from '../use-cases/questions.js';
import { receiveStatement } from '../use-cases/receive-statement.js';
import * as reading from '../use-cases/read-tenders.js';
import { TenderingPorts } from '../use-cases/tendering-ports.js';

/** One method a subject: hands the body to its use case, and nothing else. */
@Controller()
export class TenderingController {
  constructor(private readonly ports: TenderingPorts) {}

  @Handles(listTemplates)
  async templates(): Promise<ResponseOf<typeof listTemplates>> {
    return {
      items: TEMPLATES.map((template) => ({ ...template, clauses: [...template.clauses] })),
      next: null,
    };
  }

  @Handles(createTender)
  create(body: RequestOf<typeof createTender>, call: Call) {
    return makeDraft(this.ports, body, call);
  }

  @Handles(updateDraft)
  update(body: RequestOf<typeof updateDraft>, call: Call) {
    return changeDraft(this.ports, body, call);
  }

  @Handles(submitTrusteeStatement)
  statement(body: RequestOf<typeof submitTrusteeStatement>, call: Call) {
    return receiveStatement(this.ports, body, call);
  }

  @Handles(publishTender)
  publish(body: RequestOf<typeof publishTender>, call: Call) {
    return moves.publishTender(this.ports, body, call);
  }

  @Handles(cancelTender)
  cancel(body: RequestOf<typeof cancelTender>, call: Call) {
    return moves.cancelTender(this.ports.tenders, body, call);
  }

  @Handles(suspendTender)
  suspend(body: RequestOf<typeof suspendTender>, call: Call) {
    return moves.suspendTender(this.ports.tenders, body, call);
  }

  @Handles(resumeTender)
  resume(body: RequestOf<typeof resumeTender>, call: Call) {
    return moves.resumeTender(this.ports.tenders, body, call);
  }

  @Handles(startStandstill)
  standstill(body: RequestOf<typeof startStandstill>, call: Call) {
    return moves.beginStandstill(this.ports.tenders, body, call);
  }

  @Handles(awardTender)
  award(body: RequestOf<typeof awardTender>, call: Call) {
    return moves.awardTender(this.ports.tenders, body, call);
  }

  @Handles(getTender)
  get(body: RequestOf<typeof getTender>, call: Call) {
    return reading.getTender(this.ports.tenders, body, call);
  }

  @Handles(getDraft)
  draft(body: RequestOf<typeof getDraft>, call: Call) {
    return reading.getDraft(this.ports.tenders, body, call);
  }

  @Handles(listTenders)
  list(body: RequestOf<typeof listTenders>, call: Call) {
    return reading.listTenders(this.ports.tenders, body, call);
  }

  @Handles(readTenderDocument)
  document(body: RequestOf<typeof readTenderDocument>, call: Call) {
    return reading.readDocument(this.ports.tenders, body, call);
  }

  @Handles(askQuestion)
  ask(body: RequestOf<typeof askQuestion>, call: Call) {
    return questions.ask(this.ports.tenders, body, call);
  }

  @Handles(answerQuestion)
  answer(body: RequestOf<typeof answerQuestion>, call: Call) {
    return questions.answer(this.ports.tenders, body, call);
  }

  @Handles(listQuestions)
  questions(body: RequestOf<typeof listQuestions>, call: Call) {
    return questions.list(this.ports.tenders, body, call);
  }
}
