import type { Requests } from '#service';
import type { ObjectStore, scrub } from '#storage';
import type { RandomBytes } from '../domain/close-bids.js';
import type { Openings } from './opening/openings.port.js';
import type { BodyKeeper } from './intake/body-keeper.js';
import type { Stamps } from './stamping/stamps.port.js';
import type { IntakeWriter } from './intake/intake-writer.js';
import type { ReceiptSigner } from './intake/receipt-signer.js';
import type { WaitingBodies } from './intake/waiting-bodies.port.js';
import type { Vault } from './vault.port.js';

/** What the use cases of this service reach beyond themselves. */
export abstract class VaultPorts {
  abstract readonly vault: Vault;
  abstract readonly openings: Openings;
  abstract readonly requests: Requests;
  abstract readonly store: ObjectStore;
  /** Reads stored objects again and compares them. */
  abstract readonly scrub: typeof scrub;
  abstract readonly signer: ReceiptSigner;
  abstract readonly intake: IntakeWriter;
  abstract readonly keeper: BodyKeeper;
  abstract readonly waiting: WaitingBodies;
  /** Promises that another authority stamps. */
  abstract readonly stamps: Stamps;
  /** Whether such an authority is configured: else promises do not wait for one. */
  abstract readonly isStamping: boolean;
  abstract readonly random: RandomBytes;
  /** The certificate authority that bidders' signatures must lead to. */
  abstract readonly authorityPem: string;
}
