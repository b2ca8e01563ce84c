import type { Instant, Uuid } from '#kernel';
import type { ExportWanted, ResponseOf, signExport, SupervisionExport, RegionScope } from '#contracts';
import type { Call } from '#service';

export interface ExportOrder {
  readonly exportId: Uuid;
  readonly personId: Uuid;
  readonly wanted: ExportWanted;
  readonly scope: RegionScope;
  readonly requestedAt: Instant;
  /** Entries below this index are taken out, as the ledger stood when the order came. */
  readonly searchedTo: number;
}

export interface ExportRow extends ExportOrder {
  readonly state: SupervisionExport['state'];
  /** How often it was begun. */
  readonly attempts: number;
  readonly file: (NonNullable<SupervisionExport['file']> & { readonly key: string }) | null;
  readonly signed: ResponseOf<typeof signExport> | null;
  readonly code: string | null;
}

/** Files that supervisors asked for. */
export abstract class Exports {
  /** Keeps an order and tells it. Throws `export.too-many` where `waitingMax` of the person's wait. */
  abstract request(
    call: Call,
    order: Omit<ExportOrder, 'exportId' | 'requestedAt'> & { readonly filterSha256: string },
    waitingMax: number,
  ): Promise<ExportRow>;
  /** An own one; undefined for another's. */
  abstract find(exportId: Uuid, personId: Uuid): Promise<ExportRow | undefined>;
  /** The next order that waits, for `leaseMs` nobody else's. */
  abstract takeNext(leaseMs: number): Promise<ExportRow | undefined>;
  /** Keeps what was written and tells it, once. */
  abstract keep(
    call: Call,
    exportId: Uuid,
    file: NonNullable<ExportRow['file']>,
    signed: ResponseOf<typeof signExport>,
  ): Promise<void>;
  /** Lets an order that was taken be taken again after so long. */
  abstract putBack(exportId: Uuid, afterMs: number): Promise<void>;
  abstract fail(exportId: Uuid, code: string): Promise<void>;
  abstract now(): Promise<Instant>;
}
