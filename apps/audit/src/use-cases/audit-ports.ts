import type { ServiceDatabase } from '#database';
import type { Log } from '#service';
import type { ObjectStore } from '#storage';
import type { NoteSigner } from '#ledger';

/** What the use cases of this service reach beyond themselves. */
export abstract class AuditPorts {
  abstract readonly database: ServiceDatabase;
  abstract readonly store: ObjectStore;
  abstract readonly signer: NoteSigner;
  abstract readonly regionCode: string;
  abstract readonly log: Log;
}
