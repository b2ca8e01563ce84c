import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentKey, jcsBytes, toBase64Url, toHex, utf8 } from '#kernel';
import { finalBidsSha256, manifestDigest, sealEnvelope, type TenderDescriptor } from '#sealing';
import { random } from '../../apps/cli/src/client/random.js';
import type { TestPlatform } from './platform.js';

/** A signed manifest as the vault’s rows have it. */
export interface KeptManifest {
  readonly envelopeId: string;
  readonly sha256: string;
  readonly jws: string;
  readonly age: { readonly sha256: string; readonly size: number };
}

export interface KeptBid {
  readonly alias: string;
  readonly organisationId: string;
  readonly certificateSha256: string;
  readonly manifests: readonly KeptManifest[];
}

export interface Forgery {
  readonly manifest: KeptManifest;
  readonly ciphertext: Uint8Array;
}

/**
 * Somebody who may do everything on the platform's machines: write any file and any row. Keys that are elsewhere,
 * those of bidders and trustees, and the ledger's signing key, this person does not have.
 */
export class Administrator {
  constructor(private readonly platform: TestPlatform) {}

  bids(tenderId: string): Promise<KeptBid[]> {
    return this.platform.query<KeptBid>(
      `SELECT alias, organisation_id AS "organisationId", certificate_sha256 AS "certificateSha256",
         (SELECT jsonb_agg(jsonb_build_object('envelopeId', envelope_id, 'sha256', sha256, 'jws', jws,
            'age', jsonb_build_object('sha256', age_sha256, 'size', age_size)) ORDER BY envelope_id DESC)
          FROM vault.final_manifest AS own WHERE own.tender_id = bid.tender_id AND own.alias = bid.alias) AS manifests
       FROM vault.final_bid AS bid WHERE tender_id = $1 ORDER BY alias`,
      [tenderId],
    );
  }

  /** An envelope of the administrator's own in the name of a bidder: all of it is right but the bidder's signature. */
  async forge(descriptor: TenderDescriptor, certificateSha256: string, envelopeId: string): Promise<Forgery> {
    const { manifest, ciphertext } = await sealEnvelope({
      descriptor,
      bidderCertSha256: certificateSha256,
      seq: 1,
      previousManifestSha256: null,
      envelopeId,
      parts: [{ name: 'offer.txt', mediaType: 'text/plain', bytes: utf8('the administrator’s own offer') }],
      clientTime: '2026-12-01T00:00:00.000Z',
      random,
    });
    const jws = [utf8('{}'), jcsBytes(manifest), utf8('none')].map((part) => toBase64Url(part)).join('.');
    const { age } = manifest;
    return {
      manifest: { envelopeId, sha256: toHex(manifestDigest(manifest)), jws, age },
      ciphertext,
    };
  }

  readObject(sha256: string): Uint8Array {
    return readFileSync(this.pathOf(sha256));
  }

  writeObject(sha256: string, bytes: Uint8Array): void {
    rmSync(this.pathOf(sha256), { force: true });
    writeFileSync(this.pathOf(sha256), bytes);
  }

  /** The object of a forgery under its own hash, and the one in whose place it stands is gone. */
  addObject(instead: string | null, { ciphertext, manifest }: Forgery): void {
    const path = this.pathOf(manifest.age.sha256);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, ciphertext);
    if (instead !== null) this.removeObject(instead);
  }

  removeObject(sha256: string): void {
    rmSync(this.pathOf(sha256), { force: true });
  }

  /** In every table of the vault that names the old manifest or its file. */
  async replaceRows(
    tenderId: string,
    bid: KeptBid,
    before: KeptManifest,
    after: KeptManifest,
  ): Promise<void> {
    const manifests = bid.manifests.map((one) => (one.sha256 === before.sha256 ? after : one));
    const own = [tenderId, bid.organisationId];
    await this.platform.query(
      `UPDATE vault.final_manifest SET sha256 = $3, jws = $4, age_sha256 = $5, age_size = $6
       WHERE tender_id = $1 AND sha256 = $2`,
      [tenderId, before.sha256, after.sha256, after.jws, after.age.sha256, after.age.size],
    );
    await this.platform.query(
      `UPDATE vault.bid_act SET document = jsonb_set(document, '{manifests}', $3)
       WHERE tender_id = $1 AND organisation_id = $2`,
      [...own, JSON.stringify(manifests)],
    );
    await this.platform.query(
      `UPDATE vault.envelope_body SET sha256 = $3, size = $4
       WHERE tender_id = $1 AND organisation_id = $2 AND sha256 = $5`,
      [...own, after.age.sha256, after.age.size, before.age.sha256],
    );
  }

  /** The vault's own close record names the list that its rows make now. Returns what it named, and what it names. */
  async replaceInCloseRow(tenderId: string): Promise<{ readonly before: string; readonly after: string }> {
    const manifests = (await this.bids(tenderId)).flatMap((bid) => bid.manifests);
    const after = finalBidsSha256(manifests.map(({ sha256 }) => sha256).toSorted());
    const [row] = await this.platform.query<{ before: string }>(
      `SELECT document->'close'->>'manifestsSha256' AS before FROM vault.sealed_tender WHERE tender_id = $1`,
      [tenderId],
    );
    await this.platform.query(
      `UPDATE vault.sealed_tender SET document = jsonb_set(document, '{close,manifestsSha256}', to_jsonb($2::text))
       WHERE tender_id = $1`,
      [tenderId, after],
    );
    return { before: row!.before, after };
  }

  /** The ledger's index and every file of it that holds the hash; only what is signed stays as it was. */
  async replaceInLedger(before: string, after: string): Promise<number> {
    await this.platform.query(
      `UPDATE audit.ledger_entry SET entry = replace(entry::text, $1, $2)::jsonb WHERE entry::text LIKE '%' || $1 || '%'`,
      [before, after],
    );
    const folder = join(this.platform.dataDir, 'objects', 'ledger');
    let changed = 0;
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const path = join(file.parentPath, file.name);
      const bytes = readFileSync(path);
      if (!bytes.includes(before)) continue;
      chmodSync(path, 0o600);
      writeFileSync(path, Buffer.from(bytes.toString('latin1').replaceAll(before, after), 'latin1'));
      changed += 1;
    }
    return changed;
  }

  /** A bid that was accepted disappears: rows, sealed acts and objects. */
  async deleteBid(tenderId: string, { organisationId, manifests }: KeptBid): Promise<void> {
    for (const table of ['final_bid', 'bid_act', 'envelope_body', 'participation']) {
      await this.platform.query(`DELETE FROM vault.${table} WHERE tender_id = $1 AND organisation_id = $2`, [
        tenderId,
        organisationId,
      ]);
    }
    await this.platform.query(
      `DELETE FROM vault.sealed_act WHERE tender_id = $1 AND event::text LIKE '%' || $2 || '%'`,
      [tenderId, organisationId],
    );
    for (const { age } of manifests) this.removeObject(age.sha256);
    await this.setCount(tenderId, -1);
  }

  /** A bid that nobody sent stands among the final ones. */
  async addBid(tenderId: string, bid: KeptBid): Promise<void> {
    await this.platform.query(
      `INSERT INTO vault.final_bid (tender_id, alias, organisation_id, organisation_name, certificate_sha256)
       VALUES ($1, $2, $3, 'Company', $4)`,
      [tenderId, bid.alias, bid.organisationId, bid.certificateSha256],
    );
    for (const { sha256, envelopeId, jws, age } of bid.manifests) {
      await this.platform.query(
        `INSERT INTO vault.final_manifest (tender_id, sha256, alias, envelope_id, age_sha256, age_size, jws)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [tenderId, sha256, bid.alias, envelopeId, age.sha256, age.size, jws],
      );
    }
    await this.setCount(tenderId, 1);
  }

  /** The opening waits for as many envelopes as there are now. */
  private async setCount(tenderId: string, by: number): Promise<void> {
    await this.platform.query(
      `UPDATE vault.opening SET document = jsonb_set(document, '{of}', to_jsonb((document->>'of')::integer + $2))
       WHERE tender_id = $1`,
      [tenderId, by],
    );
  }

  /** Files that hold what was opened, of any tender. */
  openedFiles(): number {
    try {
      const files = readdirSync(join(this.platform.dataDir, 'objects', 'opened'), {
        recursive: true,
        withFileTypes: true,
      });
      return files.filter((file) => file.isFile()).length;
    } catch {
      return 0;
    }
  }

  private pathOf(sha256: string): string {
    return join(this.platform.dataDir, 'objects', contentKey('envelopes', sha256));
  }
}
