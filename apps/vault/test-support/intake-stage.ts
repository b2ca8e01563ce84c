import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { addMs, fromUtf8, contentKey, DomainError, toHex } from '#kernel';
import { InProcessBus } from '#bus';
import type { ServiceDatabase } from '#database';
import { formatProofFile, TileReader } from '#ledger';
import { exportPrivateKey, signJson } from '#pki';
import { manifestDigest, type SealedEnvelope, tenderDigest, type TenderDescriptor } from '#sealing';
import { type Call, MUTABLE_PREFIXES, Requests, systemCall } from '#service';
import { FileObjectStore, scrub } from '#storage';
import { buildPeople, type Person } from '../../../libs/verify/test-support/receipt-builder.js';
import { LogBuilder } from '../../../libs/ledger/test-support/log-builder.js';
import { committeeOf, seal } from '../../../libs/sealing/test-support/committee.js';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { TypeormOpenings } from '../src/persistence/typeorm-openings.js';
import { TypeormStamps } from '../src/persistence/typeorm-stamps.js';
import { TypeormVault } from '../src/persistence/typeorm-vault.js';
import { TypeormWaitingBodies } from '../src/persistence/typeorm-waiting-bodies.js';
import { closeBids, openForBids } from '../src/use-cases/close-tender.js';
import { BodyKeeper } from '../src/use-cases/intake/body-keeper.js';
import { commitBid } from '../src/use-cases/intake/commit-bid.js';
import { IntakeWriter } from '../src/use-cases/intake/intake-writer.js';
import { join as joinTender } from '../src/use-cases/intake/participate.js';
import { readReceipt } from '../src/use-cases/intake/read-receipt.js';
import type { Receipt } from '../src/use-cases/intake/receipt.js';
import { ReceiptSigner } from '../src/use-cases/intake/receipt-signer.js';
import { authoriseBody, takeBody } from '../src/use-cases/intake/take-body.js';
import type { VaultPorts } from '../src/use-cases/vault-ports.js';
import { vaultService } from '../src/vault.module.js';
import { eventOf } from './opening-scene.js';
import { random } from './sealed-bid.js';

export const MINUTE_MS = 60_000;

/** An approved organisation with someone who acts for it. */
export interface StageBidder {
  readonly organisationId: string;
  readonly personId: string;
  readonly certificate: Person;
}

export interface StageTender {
  readonly tenderId: string;
  readonly tid: string;
  readonly descriptor: TenderDescriptor;
}

/** A version of a bid as its bidder has it. */
export interface StageBid {
  readonly bidder: StageBidder;
  readonly envelopes: readonly SealedEnvelope[];
  /** Signed. */
  readonly manifests: readonly string[];
}

/** The vault's intake on a real database, with people, a ledger that holds every sealed act, and the other services. */
export class IntakeStage {
  readonly log = new LogBuilder();
  private readonly bus = new InProcessBus();
  private readonly bidders = new Map<string, StageBidder>();

  private constructor(
    readonly test: TestDatabase,
    readonly database: ServiceDatabase,
    private readonly folder: string,
    readonly people: Awaited<ReturnType<typeof buildPeople>>,
    private readonly signer: ReceiptSigner,
  ) {}

  static async start(): Promise<IntakeStage> {
    const test = await testDatabase();
    const { entities, migrations } = vaultService;
    const database = await test.serviceDatabase('vault', { entities, migrations });
    const people = await buildPeople();
    const platform = await people.certify('Platform', 'platform');
    const signer = new ReceiptSigner(platform.certificatePem, await exportPrivateKey(platform.privateKey));
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-intake-'));
    const stage = new IntakeStage(test, database, folder, people, signer);
    await stage.serveOthers();
    return stage;
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.test.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As a process that has just started has them. */
  ports({ isStamping = false }: { readonly isStamping?: boolean } = {}): VaultPorts {
    const { signer } = this;
    const vault = new TypeormVault(this.database);
    const store = this.store();
    return {
      vault,
      signer,
      isStamping,
      openings: new TypeormOpenings(this.database),
      requests: new Requests(this.bus),
      store,
      scrub,
      keeper: new BodyKeeper(store),
      waiting: new TypeormWaitingBodies(this.database),
      stamps: new TypeormStamps(this.database),
      intake: new IntakeWriter({ vault, signer, isStamping }),
      random,
      authorityPem: this.people.authorityPem,
    };
  }

  private store = (): FileObjectStore =>
    new FileObjectStore({ root: this.folder, mutablePrefixes: MUTABLE_PREFIXES });

  private async serveOthers(): Promise<void> {
    const answer = (subject: string, of: (body: Record<string, string>) => Promise<unknown>): Promise<void> =>
      this.bus.serve(subject, 'others', async (envelope: unknown) => {
        try {
          return { ok: true, body: await of((envelope as { body: Record<string, string> }).body) };
        } catch (error) {
          const { code, message } = error as DomainError;
          return { ok: false, error: { code, message, details: {} } };
        }
      }) as unknown as Promise<void>;
    await answer('req.registration.check-certificate.v1', async ({ certificateSha256 }) => {
      const bidder = this.bidders.get(certificateSha256!);
      if (!bidder) throw new DomainError('certificate.unknown', 'No such certificate.');
      const { personId, organisationId } = bidder;
      return { personId, organisationId, organisationName: 'Company', kind: 'organisation', isValid: true };
    });
    await answer('req.registration.get-organisation.v1', async ({ organisationId }) => ({
      organisationId,
      status: 'approved',
    }));
    await answer('req.audit.get-ledger-identity.v1', async () => ({
      origin: this.log.signer.name,
      verifierKey: this.log.signer.verifierKey,
      size: this.log.size,
      root: '',
    }));
    await answer('req.audit.prove-entry.v1', ({ leafSha256 }) => this.prove(leafSha256!));
  }

  /** Enters what was sealed since, as audit would, and proves the one that is asked for. */
  private async prove(commitment: string): Promise<{ index: number; entry: string; proof: string }> {
    const sealed: { sealed: string }[] = await this.database.dataSource.query(
      'SELECT sealed FROM sealed_act ORDER BY id OFFSET $1',
      [this.log.size],
    );
    const checkpoint = await this.log.append(sealed.map((one) => ({ v: 1, sealed: one.sealed })));
    const reader = new TileReader(this.log.readFile, this.log.size);
    for (let index = 0; index < this.log.size; index++) {
      const entry = fromUtf8(await reader.entry(index));
      if (!entry.includes(commitment)) continue;
      const proof = formatProofFile({ index, proof: await reader.inclusionProof(index), checkpoint });
      return { index, entry, proof };
    }
    throw new DomainError('entry.unknown', 'Not in the ledger yet.');
  }

  /** A published tender whose deadline comes in so many minutes of the database's clock. */
  async tender(minutes: number, rules: TenderDescriptor['rules'] = {}): Promise<StageTender> {
    const tenderId = randomUUID();
    const { descriptor: drawn } = committeeOf(4, 2, random, tenderId);
    const deadlineAt = addMs(await this.ports().vault.now(), minutes * MINUTE_MS);
    const { name: ledgerOrigin, verifierKey: ledgerKey } = this.log.signer;
    const envelopes = ['technical', 'commercial'];
    const descriptor = { ...drawn, envelopes, deadlineAt, rules, ledgerOrigin, ledgerKey };
    const tid = toHex(tenderDigest(descriptor));
    const published = { tid, descriptor, deadlineAt, bidsMin: 1, trustees: [] } as never;
    await openForBids(this.ports(), published, eventOf(tenderId));
    return { tenderId, tid, descriptor };
  }

  async bidder(): Promise<StageBidder> {
    const certificate = await this.people.certify('Company', 'organisation');
    const bidder = { organisationId: randomUUID(), personId: randomUUID(), certificate };
    this.bidders.set(certificate.sha256, bidder);
    return bidder;
  }

  /** Seals the next version; `last` is the one that it follows. */
  async seal({ descriptor }: StageTender, bidder: StageBidder, last?: StageBid): Promise<StageBid> {
    const envelopes = await Promise.all(
      descriptor.envelopes.map((envelopeId) => {
        const before = last?.envelopes.find(({ manifest }) => manifest.envelopeId === envelopeId)?.manifest;
        return seal({ descriptor }, random, {
          bidderCertSha256: bidder.certificate.sha256,
          envelopeId,
          seq: (before?.seq ?? 0) + 1,
          previousManifestSha256: before ? toHex(manifestDigest(before)) : null,
        });
      }),
    );
    const { privateKey, certificatePem } = bidder.certificate;
    const manifests = await Promise.all(
      envelopes.map(({ manifest }) =>
        signJson(manifest, { privateKey, certificatePem, typ: 'sunseal-manifest' }),
      ),
    );
    return { bidder, envelopes, manifests };
  }

  call = ({ personId, organisationId }: StageBidder, key: string | null = null): Call => ({
    ...systemCall('test'),
    actor: { personId, roles: ['bidder'], organisationId },
    actorId: personId,
    idempotencyKey: key,
  });

  join = (ports: VaultPorts, { tenderId }: StageTender, bidder: StageBidder) =>
    joinTender(ports, { tenderId }, this.call(bidder));

  commit = (
    ports: VaultPorts,
    { tenderId }: StageTender,
    { bidder, manifests }: StageBid,
  ): Promise<Receipt> => commitBid(ports, { tenderId, manifests: [...manifests] }, this.call(bidder));

  /** Someone takes part and commits to a first version. */
  async bid(ports: VaultPorts, tender: StageTender): Promise<StageBid> {
    const bidder = await this.bidder();
    await this.join(ports, tender, bidder);
    const bid = await this.seal(tender, bidder);
    await this.commit(ports, tender, bid);
    return bid;
  }

  async sendBodies(
    ports: VaultPorts,
    { tenderId }: StageTender,
    { bidder, envelopes }: StageBid,
  ): Promise<void> {
    for (const { manifest, ciphertext } of envelopes) {
      const body = { tenderId, ...manifest.age };
      const { key, isStored } = await authoriseBody(ports, body, this.call(bidder));
      if (isStored) continue;
      await this.store().put(key, ciphertext);
      await takeBody(ports, body, this.call(bidder));
      expectKept(await this.store().head(contentKey('envelopes', manifest.age.sha256)));
    }
  }

  receipt = (ports: VaultPorts, { tenderId }: StageTender, bidder: StageBidder, seq = 1) =>
    readReceipt(ports, { tenderId, seq }, this.call(bidder));

  closeBids = (tenderId: string): Promise<void> => closeBids(this.ports(), eventOf(tenderId));

  /** What the vault sealed of a tender, in order. */
  async sealedActs(tenderId: string, type: string): Promise<{ readonly data: Record<string, unknown> }[]> {
    const rows: { event: { type: string; data: Record<string, unknown> } }[] =
      await this.database.dataSource.query('SELECT event FROM sealed_act WHERE tender_id = $1 ORDER BY id', [
        tenderId,
      ]);
    return rows.map(({ event }) => event).filter((event) => event.type === type);
  }

  /** Lets minutes pass on the database's clock. */
  async pass(minutes: number): Promise<void> {
    const client = new pg.Client({ connectionString: this.test.adminUrl });
    await client.connect();
    await client.query(
      'UPDATE platform.clock SET virtual_epoch = virtual_epoch + make_interval(mins => $1)',
      [minutes],
    );
    await client.end();
  }
}

function expectKept(head: unknown): void {
  if (head === undefined) throw new Error('the body is not kept');
}
