import { Controller } from '@nestjs/common';
import {
  biddersNamed,
  type DataOf,
  envelopesOpened,
  type EventEnvelope,
  scoresLocked,
  standstillStarted,
  tenderCancelled,
  tenderFailed,
  tenderPublished,
  tenderResumed,
  tenderSuspended,
} from '#contracts';
import { Consumes } from '#service';
import type { CommercialEvaluation } from '../domain/commercial-evaluation.js';
import { prolongExplanations } from '../use-cases/clarify-prices.js';
import * as evaluating from '../use-cases/evaluate-offers.js';
import { EvaluationPorts } from '../use-cases/evaluation-ports.js';
import * as reporting from '../use-cases/read-reports.js';

/** What this service does because something happened elsewhere. */
@Controller()
export class CommercialScoringEvents {
  constructor(private readonly ports: EvaluationPorts) {}

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
    return evaluating.takeOpened(this.ports, data, event);
  }

  /** The first cause stops the clock. */
  @Consumes('commercial-scoring', tenderSuspended)
  suspended({ since }: DataOf<typeof tenderSuspended>, event: EventEnvelope): Promise<void> {
    return this.change(event, (evaluation) => ({
      ...evaluation,
      suspendedAt: evaluation.suspendedAt ?? since,
    }));
  }

  @Consumes('commercial-scoring', tenderResumed)
  resumed(data: DataOf<typeof tenderResumed>, event: EventEnvelope): Promise<void> {
    return prolongExplanations(this.ports, data, event);
  }

  @Consumes('commercial-scoring', standstillStarted)
  fixed(_data: DataOf<typeof standstillStarted>, event: EventEnvelope): Promise<void> {
    return this.change(event, (evaluation) => ({ ...evaluation, closed: 'standstill' }));
  }

  @Consumes('commercial-scoring', tenderFailed)
  failed(_data: DataOf<typeof tenderFailed>, event: EventEnvelope): Promise<void> {
    return this.change(event, (evaluation) => ({ ...evaluation, closed: 'failed' }));
  }

  @Consumes('commercial-scoring', tenderCancelled)
  cancelled(_data: DataOf<typeof tenderCancelled>, event: EventEnvelope): Promise<void> {
    return this.change(event, (evaluation) => ({ ...evaluation, closed: 'cancelled' }));
  }

  /** A draft may be cancelled too; it was never to be evaluated. */
  private change(
    event: EventEnvelope,
    how: (evaluation: CommercialEvaluation) => CommercialEvaluation,
  ): Promise<void> {
    return this.ports.evaluations.take(event, async (tx) => {
      const evaluation = await tx.find(event.tenderId!);
      if (evaluation) await tx.save(how(evaluation));
    });
  }
}
