import type { Requests } from '#service';
import type { AuditPorts } from '../audit-ports.js';
import type { ComparedRows } from './compared.port.js';

export abstract class CompletenessPorts {
  abstract readonly ledger: Pick<AuditPorts, 'rows' | 'store' | 'log'>;
  abstract readonly compared: ComparedRows;
  /** Every service answers for its own acts. */
  abstract readonly requests: Pick<Requests, 'ask'>;
  /** How long a gap may last before an alarm. */
  abstract readonly gapPatienceMs: number;
}
