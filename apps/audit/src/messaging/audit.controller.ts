import { Controller } from '@nestjs/common';
import { type EventEnvelope, getLedgerIdentity, listEntries, proveEntry, type RequestOf } from '#contracts';
import { ConsumesAll, Handles } from '#service';
import { AuditPorts } from '../use-cases/audit-ports.js';
import * as reading from '../use-cases/read-ledger.js';
import { takeActs } from '../use-cases/take-acts.js';

/** One method a subject: hands what came to its use case, and nothing else. */
@Controller()
export class AuditController {
  constructor(private readonly ports: AuditPorts) {}

  @ConsumesAll('audit')
  async take(event: EventEnvelope): Promise<void> {
    await takeActs(this.ports, [event]);
  }

  @Handles(getLedgerIdentity)
  identity() {
    return reading.identity(this.ports);
  }

  @Handles(proveEntry)
  prove(body: RequestOf<typeof proveEntry>) {
    return reading.prove(this.ports, body);
  }

  @Handles(listEntries)
  entries(body: RequestOf<typeof listEntries>) {
    return reading.list(this.ports, body);
  }
}
