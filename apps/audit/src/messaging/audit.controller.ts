import { Controller } from '@nestjs/common';
import {
  type EventEnvelope,
  getLedgerIdentity,
  getReconciliation,
  getWitnessedCheckpoint,
  getWitnessPolicy,
  listEntries,
  proveEntry,
  type RequestOf,
} from '#contracts';
import { ConsumesAll, Handles } from '#service';
import { AuditPorts } from '../use-cases/audit-ports.js';
import * as reading from '../use-cases/read-ledger.js';
import { CompletenessPorts } from '../use-cases/completeness/completeness-ports.js';
import { reconcilePage } from '../use-cases/completeness/reconcile.js';
import { takeActs } from '../use-cases/take-acts.js';
import { Cosignatures } from '../use-cases/witnesses/cosignatures.port.js';
import { readPolicy, readWitnessed } from '../use-cases/witnesses/read-witnesses.js';

/** One method a subject: hands what came to its use case, and nothing else. */
@Controller()
export class AuditController {
  constructor(
    private readonly ports: AuditPorts,
    private readonly cosignatures: Cosignatures,
    private readonly completeness: CompletenessPorts,
  ) {}

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

  @Handles(getWitnessPolicy)
  witnessPolicy(body: RequestOf<typeof getWitnessPolicy>) {
    return readPolicy(this.cosignatures, body);
  }

  @Handles(getWitnessedCheckpoint)
  witnessed(body: RequestOf<typeof getWitnessedCheckpoint>) {
    return readWitnessed(this.ports.witnessing, body);
  }

  @Handles(listEntries)
  entries(body: RequestOf<typeof listEntries>) {
    return reading.list(this.ports, body);
  }

  @Handles(getReconciliation)
  reconciliation(body: RequestOf<typeof getReconciliation>) {
    return reconcilePage(this.completeness, body);
  }
}
