import type { Log } from '#service';
import type { ObjectStore } from '#storage';
import type { LedgerRows } from './ledger.port.js';
import type { LedgerSigner } from './signer.port.js';
import type { Witnessing } from './witnesses/witnessing.js';

/** What the use cases of this service reach beyond themselves. */
export abstract class AuditPorts {
  abstract readonly rows: LedgerRows;
  abstract readonly store: ObjectStore;
  abstract readonly signer: LedgerSigner;
  /** Of the key that follows, while the ledger changes to it. */
  abstract readonly nextSigner: LedgerSigner | undefined;
  /** Tells this process from others that would write. */
  abstract readonly writer: string;
  abstract readonly regionCode: string;
  /** Most acts that get their places in one transaction. */
  abstract readonly batchMax: number;
  abstract readonly log: Log;
  /** Left out where no witness is asked. */
  abstract readonly witnessing?: Witnessing;
}
