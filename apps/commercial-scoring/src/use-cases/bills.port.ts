import type { Uuid } from '#kernel';
import type { Prices } from '../boq/price-bytes.js';

/** A bill that was opened, as far as it could be read. */
export interface BillRow {
  readonly alias: string;
  /** Of the workbook in the store; null where the envelope has none. */
  readonly partKey: string | null;
  /** In the order of the buyer's lines; null where the workbook cannot be read. */
  readonly prices: Prices | null;
}

/** What reports of bills are made from. All writes may be repeated with the same content. */
export abstract class Bills {
  abstract setBuyer(tenderId: Uuid, buyerId: Uuid | null): Promise<void>;
  abstract buyerOf(tenderId: Uuid): Promise<Uuid | null>;
  abstract setOwners(
    tenderId: Uuid,
    owners: readonly { readonly alias: string; readonly organisationId: Uuid }[],
  ): Promise<void>;
  /** Null until bidders are named, and for an alias of nobody. */
  abstract ownerOf(tenderId: Uuid, alias: string): Promise<Uuid | null>;
  /** The other way round: null until bidders are named, and where the organisation did not bid. */
  abstract aliasOf(tenderId: Uuid, organisationId: Uuid): Promise<string | null>;
  abstract find(tenderId: Uuid, alias: string): Promise<BillRow | null>;
  /** Of these aliases, in one read. */
  abstract list(tenderId: Uuid, aliases: readonly string[]): Promise<BillRow[]>;
}
