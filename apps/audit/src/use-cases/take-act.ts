import type { EventEnvelope } from '#contracts';
import { takeOnce } from '#database';
import { LedgerTable } from '../persistence/ledger-table.js';
import type { AuditPorts } from './audit-ports.js';

/** Every event of the platform waits here, durably, until the next batch enters it. */
export async function takeAct({ database }: AuditPorts, event: EventEnvelope): Promise<void> {
  await takeOnce(database, 'audit', event, (tx) => new LedgerTable(tx).addWaiting(event));
}
