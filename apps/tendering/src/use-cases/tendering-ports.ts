import type { Requests } from '#service';
import type { ObjectStore } from '#storage';
import type { Tenders } from './tenders.port.js';

/** What the use cases of this service reach beyond themselves. */
export abstract class TenderingPorts {
  abstract readonly tenders: Tenders;
  abstract readonly requests: Requests;
  abstract readonly store: ObjectStore;
  /** What the centre serves. */
  abstract readonly regionCode: string;
  /** Random bytes, passed in so that nothing here draws them. */
  abstract readonly random: (length: number) => Uint8Array;
  /** The certificate authority that signatures must lead to. */
  abstract readonly authorityPem: string;
}
