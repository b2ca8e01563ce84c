import { Controller } from '@nestjs/common';
import {
  type DataOf,
  envelopesOpened,
  type EventEnvelope,
  tenderCancelled,
  tenderFailed,
  tenderPublished,
  tenderResumed,
  tenderSuspended,
} from '#contracts';
import { parseMethod } from '#evaluation';
import { Consumes } from '#service';
import { endScoring, holdScoring, openScoring, type Scoring, startScoring } from '../domain/scoring.js';
import { ScoringPorts } from '../use-cases/scoring-ports.js';

/** What this service does because something happened elsewhere. */
@Controller()
export class TechnicalScoringEvents {
  constructor(private readonly ports: ScoringPorts) {}

  @Consumes('technical-scoring', tenderPublished)
  async published(
    { method, expertIds }: DataOf<typeof tenderPublished>,
    event: EventEnvelope,
  ): Promise<void> {
    await this.ports.scorings.take(event, (tx) =>
      tx.save(startScoring(event.tenderId!, parseMethod(method), expertIds)),
    );
  }

  @Consumes('technical-scoring', envelopesOpened)
  async opened(data: DataOf<typeof envelopesOpened>, event: EventEnvelope): Promise<void> {
    const { envelopeId, part, parts: of, items } = data;
    if (envelopeId !== 'technical') return;
    const bids = items
      .filter(({ result }) => result === 'opened')
      .map(({ alias, parts }) => ({ alias, parts }));
    await this.ports.scorings.take(event, async (tx) => {
      await tx.save(openScoring(await tx.load(event.tenderId!), { part, of, bids }));
    });
  }

  @Consumes('technical-scoring', tenderFailed)
  failed(_data: DataOf<typeof tenderFailed>, event: EventEnvelope): Promise<void> {
    return this.change(event, endScoring);
  }

  @Consumes('technical-scoring', tenderSuspended)
  suspended(_data: DataOf<typeof tenderSuspended>, event: EventEnvelope): Promise<void> {
    return this.change(event, (scoring) => holdScoring(scoring, true));
  }

  @Consumes('technical-scoring', tenderResumed)
  resumed({ isGoingOn }: DataOf<typeof tenderResumed>, event: EventEnvelope): Promise<void> {
    return this.change(event, (scoring) => holdScoring(scoring, !isGoingOn));
  }

  @Consumes('technical-scoring', tenderCancelled)
  cancelled(_data: DataOf<typeof tenderCancelled>, event: EventEnvelope): Promise<void> {
    return this.change(event, endScoring);
  }

  /** A draft may be cancelled too; it was never to be scored. */
  private change(event: EventEnvelope, how: (scoring: Scoring) => Scoring): Promise<void> {
    return this.ports.scorings.take(event, async (tx) => {
      const scoring = await tx.find(event.tenderId!);
      if (scoring) await tx.save(how(scoring));
    });
  }
}
