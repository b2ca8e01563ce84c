import { Controller } from '@nestjs/common';
import {
  bidsClosed,
  type DataOf,
  envelopesOpened,
  type EventEnvelope,
  openingFailed,
  openingHalted,
  openingResumed,
  rankingMade,
  scoresLocked,
} from '#contracts';
import { Consumes } from '#service';
import { reached } from '../domain/stages.js';
import { resumeAfterHalt, suspendForHalt } from '../domain/suspension.js';
import { countBids, failOpening, takeRanking } from '../domain/tender-decisions.js';
import { follow } from '../use-cases/follow-procedure.js';
import { TenderingPorts } from '../use-cases/tendering-ports.js';

/** What the other services report on the way from closing to ranking. */
@Controller()
export class TenderingEvents {
  constructor(private readonly ports: TenderingPorts) {}

  @Consumes('tendering', bidsClosed)
  closed({ count }: DataOf<typeof bidsClosed>, event: EventEnvelope): Promise<void> {
    return follow(this.ports.tenders, event, (tender) => countBids(tender, count));
  }

  /** The vault tells all parts at once, so the first that comes says that all envelopes are open. */
  @Consumes('tendering', envelopesOpened)
  opened({ envelopeId }: DataOf<typeof envelopesOpened>, event: EventEnvelope): Promise<void> {
    const stage = envelopeId === 'technical' ? 'technical-opened' : 'commercial-opened';
    return follow(this.ports.tenders, event, (tender) => ({ tender: reached(tender, stage), events: [] }));
  }

  @Consumes('tendering', openingFailed)
  openingFailed({ envelopeId }: DataOf<typeof openingFailed>, event: EventEnvelope): Promise<void> {
    return follow(this.ports.tenders, event, (tender) => failOpening(tender, envelopeId));
  }

  @Consumes('tendering', openingHalted)
  halted({ envelopeId, fault }: DataOf<typeof openingHalted>, event: EventEnvelope): Promise<void> {
    return follow(this.ports.tenders, event, (tender, now) => suspendForHalt(tender, envelopeId, fault, now));
  }

  @Consumes('tendering', openingResumed)
  resumed({ envelopeId }: DataOf<typeof openingResumed>, event: EventEnvelope): Promise<void> {
    return follow(this.ports.tenders, event, (tender, now) => resumeAfterHalt(tender, envelopeId, now));
  }

  @Consumes('tendering', scoresLocked)
  async locked({ part, parts }: DataOf<typeof scoresLocked>, event: EventEnvelope): Promise<void> {
    if (part < parts) return;
    await follow(this.ports.tenders, event, (tender) => ({
      tender: reached(tender, 'scores-locked'),
      events: [],
    }));
  }

  /** By rank: the first is in the first part. */
  @Consumes('tendering', rankingMade)
  async ranked(
    { outcome, version, part, ranking }: DataOf<typeof rankingMade>,
    event: EventEnvelope,
  ): Promise<void> {
    if (part > 1) return;
    const first = ranking.find(({ rank }) => rank === 1) ?? null;
    await follow(this.ports.tenders, event, (tender) => takeRanking(tender, outcome, first, version));
  }
}
