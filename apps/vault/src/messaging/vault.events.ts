import { Controller } from '@nestjs/common';
import {
  type DataOf,
  type EventEnvelope,
  scoresLocked,
  tenderAwarded,
  tenderCancelled,
  tenderClosed,
  tenderFailed,
  tenderPublished,
  tenderResumed,
  tenderSuspended,
} from '#contracts';
import { Consumes } from '#service';
import { goOnWithTender, holdTender } from '../use-cases/hold-tender.js';
import { closeBids, openForBids } from '../use-cases/close-tender.js';
import { endTender } from '../use-cases/end-tender.js';
import { leaveSealed, nameBidders } from '../use-cases/name-bidders.js';
import { retainOpened } from '../use-cases/keeping/retain-opened.js';
import { VaultPorts } from '../use-cases/vault-ports.js';

/** What the vault does because something happened elsewhere. */
@Controller()
export class VaultEvents {
  constructor(private readonly ports: VaultPorts) {}

  @Consumes('vault', tenderPublished)
  published(data: DataOf<typeof tenderPublished>, event: EventEnvelope): Promise<void> {
    return openForBids(this.ports, data, event);
  }

  @Consumes('vault', tenderClosed)
  closed(_data: DataOf<typeof tenderClosed>, event: EventEnvelope): Promise<void> {
    return closeBids(this.ports, event);
  }

  @Consumes('vault', scoresLocked)
  locked(data: DataOf<typeof scoresLocked>, event: EventEnvelope): Promise<void> {
    return nameBidders(this.ports, data, event);
  }

  @Consumes('vault', tenderAwarded)
  async awarded(_data: DataOf<typeof tenderAwarded>, event: EventEnvelope): Promise<void> {
    await retainOpened(this.ports, event);
    await leaveSealed(this.ports, event);
  }

  @Consumes('vault', tenderSuspended)
  suspended(data: DataOf<typeof tenderSuspended>, event: EventEnvelope): Promise<void> {
    return holdTender(this.ports, data, event);
  }

  @Consumes('vault', tenderResumed)
  resumed(data: DataOf<typeof tenderResumed>, event: EventEnvelope): Promise<void> {
    return goOnWithTender(this.ports, data, event);
  }

  @Consumes('vault', tenderFailed)
  failed(_data: DataOf<typeof tenderFailed>, event: EventEnvelope): Promise<void> {
    return this.end(event);
  }

  @Consumes('vault', tenderCancelled)
  cancelled(_data: DataOf<typeof tenderCancelled>, event: EventEnvelope): Promise<void> {
    return this.end(event);
  }

  private async end(event: EventEnvelope): Promise<void> {
    await retainOpened(this.ports, event);
    await endTender(this.ports, event);
  }
}
