import type { Uuid } from '#kernel';
import { asRows, type ServiceDatabase, type Tx } from '#database';
import { priceBytes, pricesOf } from '../boq/price-bytes.js';
import { type BillRow, Bills } from '../use-cases/bills.port.js';

interface Row {
  readonly alias: string;
  readonly part_key: string | null;
  readonly prices: Buffer | null;
}

const billOf = ({ alias, part_key: partKey, prices }: Row): BillRow => ({
  alias,
  partKey,
  prices: prices && pricesOf(prices),
});

/** Writes one bill within the transaction that takes it. */
export async function insertBill(tx: Tx, tenderId: Uuid, { alias, partKey, prices }: BillRow): Promise<void> {
  await tx.manager.query(
    `INSERT INTO bill (tender_id, alias, part_key, prices) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tender_id, alias) DO UPDATE SET part_key = excluded.part_key, prices = excluded.prices`,
    [tenderId, alias, partKey, prices && Buffer.from(priceBytes(prices))],
  );
}

/** Bills in Postgres; every write names its row and says the same when it is repeated. */
export class TypeormBills extends Bills {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  async setBuyer(tenderId: Uuid, buyerId: Uuid | null): Promise<void> {
    await this.query('INSERT INTO bill_tender (tender_id, buyer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      tenderId,
      buyerId,
    ]);
  }

  async buyerOf(tenderId: Uuid): Promise<Uuid | null> {
    const [row] = await this.query<{ buyer_id: Uuid | null }>(
      'SELECT buyer_id FROM bill_tender WHERE tender_id = $1',
      [tenderId],
    );
    return row?.buyer_id ?? null;
  }

  async setOwners(
    tenderId: Uuid,
    owners: readonly { readonly alias: string; readonly organisationId: Uuid }[],
  ): Promise<void> {
    await this.query(
      `INSERT INTO bill_owner (tender_id, alias, organisation_id)
       SELECT $1, alias, organisation_id::uuid FROM unnest($2::text[], $3::text[]) AS one (alias, organisation_id)
       ON CONFLICT DO NOTHING`,
      [tenderId, owners.map(({ alias }) => alias), owners.map(({ organisationId }) => organisationId)],
    );
  }

  async ownerOf(tenderId: Uuid, alias: string): Promise<Uuid | null> {
    const [row] = await this.query<{ organisation_id: Uuid }>(
      'SELECT organisation_id FROM bill_owner WHERE tender_id = $1 AND alias = $2',
      [tenderId, alias],
    );
    return row?.organisation_id ?? null;
  }

  async aliasOf(tenderId: Uuid, organisationId: Uuid): Promise<string | null> {
    const [row] = await this.query<{ alias: string }>(
      'SELECT alias FROM bill_owner WHERE tender_id = $1 AND organisation_id = $2',
      [tenderId, organisationId],
    );
    return row?.alias ?? null;
  }

  async find(tenderId: Uuid, alias: string): Promise<BillRow | null> {
    return (await this.list(tenderId, [alias]))[0] ?? null;
  }

  async list(tenderId: Uuid, aliases: readonly string[]): Promise<BillRow[]> {
    const rows = await this.query<Row>(
      'SELECT alias, part_key, prices FROM bill WHERE tender_id = $1 AND alias = ANY ($2)',
      [tenderId, [...aliases]],
    );
    return rows.map(billOf);
  }

  private async query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return asRows<T>(await this.database.dataSource.manager.query(sql, parameters));
  }
}
