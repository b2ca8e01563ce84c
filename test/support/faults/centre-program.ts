import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import { InProcessBus } from '#bus';
import { createLog, MUTABLE_PREFIXES, startServices } from '#service';
import { FileObjectStore } from '#storage';
import { auditService } from '../../../apps/audit/src/audit.module.js';
import { gatewayService } from '../../../apps/gateway/src/gateway.module.js';

/** What a centre's process is to run; as JSON on its command line. */
export interface CentreOrder {
  readonly port: number;
  readonly objects: string;
  readonly portalDir: string;
  readonly urls: Readonly<Record<'audit' | 'gateway', string>>;
  readonly audit: Readonly<Record<string, string | number>>;
}

/**
 * A centre as far as its ledger goes: audit and gateway on real engines. A line `<from> <count>` on its input is so many
 * acts of a service that is not there, from that number on.
 */
const { port, objects, portalDir, urls, audit } = JSON.parse(process.argv[2]!) as CentreOrder;
const bus = new InProcessBus();
const store = new FileObjectStore({ root: objects, mutablePrefixes: MUTABLE_PREFIXES });
const placed = [
  { definition: auditService, databaseUrl: urls.audit, settings: audit },
  { definition: gatewayService, databaseUrl: urls.gateway, settings: { portalDir } },
];
const log = createLog('centre', 'silent');
const running = await startServices(placed as never, { bus, store, log }, { port, host: '127.0.0.1' });
process.stdout.write(`${running.address}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const [from = 0, count = 0] = line.split(' ').map(Number);
  for (let seq = from; seq < from + count; seq++) {
    await bus.publish({
      id: randomUUID(),
      producer: 'tendering',
      seq,
      subject: 'evt.tendering.tender-cancelled.v1',
      occurredAt: new Date().toISOString(),
      actorId: null,
      tenderId: null,
      correlationId: 'c',
      causationId: null,
      data: { reason: randomUUID() },
    });
  }
}
process.exit(0);
