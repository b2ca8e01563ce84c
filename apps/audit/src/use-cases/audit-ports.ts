import type { NoteSigner } from '#ledger';
import type { Log } from '#service';
import type { ObjectStore } from '#storage';
import type { LedgerRows } from './ledger.port.js';
import type { Witnessing } from './witnesses/witnessing.js';

/** What the use cases of this service reach beyond themselves. */
export abstract class AuditPorts {
  abstract readonly rows: LedgerRows;
  abstract readonly store: ObjectStore;
  abstract readonly signer: NoteSigner;
  abstract readonly regionCode: string;
  abstract readonly log: Log;
  /** Left out where no witness is asked. */
  abstract readonly witnessing?: Witnessing;
}
