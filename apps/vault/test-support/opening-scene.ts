import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { contentKey, toHex } from '#kernel';
import { InProcessBus } from '#bus';
import type { EnvelopeId } from '#contracts';
import type { ServiceDatabase } from '#database';
import { type Manifest, openShare, type Share, tenderDigest, type TenderDescriptor } from '#sealing';
import { type Call, MUTABLE_PREFIXES, Requests, systemCall } from '#service';
import { FileObjectStore, type ObjectStore, scrub } from '#storage';
import { LogBuilder, openEntry } from '../../../libs/ledger/test-support/log-builder.js';
import { type Committee, committeeOf } from '../../../libs/sealing/test-support/committee.js';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { envelopesToOpen, type GivenShare } from '../src/domain/opening/envelopes-to-open.js';
import type { Opening } from '../src/domain/opening/opening.js';
import { BidActEntity } from '../src/persistence/bid-act.entity.js';
import { EnvelopeBodyEntity } from '../src/persistence/envelope-body.entity.js';
import { ParticipationEntity } from '../src/persistence/participation.entity.js';
import { TypeormOpenings } from '../src/persistence/typeorm-openings.js';
import { TypeormVault } from '../src/persistence/typeorm-vault.js';
import { closeBids, openForBids } from '../src/use-cases/close-tender.js';
import { combineOpening } from '../src/use-cases/opening/open-combine.js';
import { closeDigest, passTime } from '../src/use-cases/opening/open-session.js';
import { takeShares } from '../src/use-cases/opening/open-take-shares.js';
import { signedOf } from '../src/use-cases/opening/signed-manifests.js';
import type { VaultPorts } from '../src/use-cases/vault-ports.js';
import { vaultService } from '../src/vault.module.js';
import { eventOf } from './event-of.js';
import { random, sealGarbage, type SealedForTest, sealText } from './sealed-bid.js';

export { eventOf };

const DEADLINE = '2026-04-01T01:00:00.000Z';
const QUORUM = 2;

export interface SceneBid {
  readonly organisationId: string;
  readonly technical: SealedForTest;
  readonly commercial: SealedForTest;
}

interface SceneOptions {
  readonly garbage?: number;
  readonly rules?: TenderDescriptor['rules'];
}

export interface Scene {
  readonly tenderId: string;
  readonly committee: Committee;
  readonly bids: readonly SceneBid[];
  readonly trusteeIds: readonly string[];
}

/** The vault's use cases on a real database and a folder of objects, with a ledger that the test writes. */
export class OpeningStage {
  readonly bus = new InProcessBus();
  private constructor(
    readonly test: TestDatabase,
    readonly database: ServiceDatabase,
    readonly folder: string,
    readonly store: FileObjectStore,
  ) {}

  static async start(): Promise<OpeningStage> {
    const test = await testDatabase();
    const { entities, migrations } = vaultService;
    const database = await test.serviceDatabase('vault', { entities, migrations });
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-opening-'));
    const stage = new OpeningStage(
      test,
      database,
      folder,
      new FileObjectStore({ root: folder, mutablePrefixes: MUTABLE_PREFIXES }),
    );
    await stage.bus.serve('req.audit.get-ledger-identity.v1', 'audit', async () => ({
      ok: true,
      body: { origin: 'o', verifierKey: 'k', size: 1, root: 'r' },
    }));
    return stage;
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.test.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As a process that has just started has them. */
  ports(store: ObjectStore = this.store, authorityPem = ''): VaultPorts {
    return {
      vault: new TypeormVault(this.database),
      openings: new TypeormOpenings(this.database),
      requests: new Requests(this.bus),
      store,
      scrub,
      random,
      authorityPem,
    } as Partial<VaultPorts> as VaultPorts;
  }

  /** A closed tender with bids in the store and its close record in the ledger. */
  async tender(count: number, { garbage = 0, rules = {} }: SceneOptions = {}): Promise<Scene> {
    const tenderId = randomUUID();
    const log = new LogBuilder();
    const { keys, descriptor: drawn } = committeeOf(4, QUORUM, random, tenderId);
    const descriptor: TenderDescriptor = {
      ...drawn,
      envelopes: ['technical', 'commercial'],
      deadlineAt: DEADLINE,
      rules: { openingHours: 24, rescueHours: 24, ...rules },
      ledgerKey: log.signer.verifier.verifierKey,
    };
    const trusteeIds = descriptor.trustees.map(() => randomUUID());
    const trustees = trusteeIds.map((personId, at) => ({
      i: at + 1,
      personId,
      certificateSha256: descriptor.trustees[at]!.certSha256,
    }));
    const tid = toHex(tenderDigest(descriptor));
    const published = { tid, descriptor, deadlineAt: DEADLINE, bidsMin: 1, trustees } as never;
    await openForBids(this.ports(), published, eventOf(tenderId));
    const bids = [];
    for (let at = 0; at < count; at++) bids.push(await this.bid(tenderId, descriptor, at < garbage));
    await closeBids(this.ports(), eventOf(tenderId));
    const scene = { tenderId, committee: { keys, descriptor }, bids, trusteeIds };
    await this.enterClose(scene, log);
    return scene;
  }

  private async bid(tenderId: string, descriptor: TenderDescriptor, isGarbage: boolean): Promise<SceneBid> {
    const organisationId = randomUUID();
    const bidderCertSha256 = createHash('sha256').update(organisationId).digest('hex');
    const what = { descriptor, bidderCertSha256 };
    const technical = isGarbage
      ? sealGarbage({ ...what, envelopeId: 'technical' })
      : await sealText({ ...what, envelopeId: 'technical' }, `technical of ${organisationId}`);
    const commercial = await sealText({ ...what, envelopeId: 'commercial' }, `price of ${organisationId}`);
    const { manager } = this.database.dataSource;
    const key = { tenderId, organisationId };
    await manager.insert(ParticipationEntity, { ...key, joinedAt: DEADLINE });
    const document = {
      actId: randomUUID(),
      ...key,
      organisationName: 'Company',
      certificateSha256: bidderCertSha256,
      seq: 1,
      kind: 'seal',
      receivedAt: DEADLINE,
      promise: 'a.b.c',
      manifests: [technical.signed, commercial.signed],
      reveal: {
        sealed: '',
        salt: '',
        event: {},
      },
    };
    await manager.insert(BidActEntity, {
      ...key,
      seq: 1,
      document: document as never,
      proofs: 'verified',
      refusedCode: null,
      acceptedAt: DEADLINE,
      acceptance: null,
    });
    for (const { ciphertext, signed } of [technical, commercial]) {
      await this.store.put(contentKey('envelopes', signed.age!.sha256), ciphertext);
      const { sha256, size } = signed.age!;
      await manager.insert(EnvelopeBodyEntity, { ...key, sha256, size: String(size), storedAt: DEADLINE });
    }
    return { organisationId, technical, commercial };
  }

  /** Writes the ledger as audit would: an older entry, then the close record that the vault told, with its list. */
  private async enterClose({ tenderId }: Scene, log: LogBuilder): Promise<void> {
    const entries = [openEntry(1)];
    for (const type of ['bids-listed', 'bids-closed']) {
      for (const { data } of await this.eventsOf(tenderId, type)) {
        const entry = { type: `vault.${type}`, producer: 'vault', tender: tenderId, data: data as never };
        entries.push(openEntry(entries.length + 1, entry));
      }
    }
    await log.append(entries);
    for (const [path, bytes] of log.files) await this.store.overwrite(`ledger/${path}`, bytes);
  }

  async eventsOf(tenderId: string, type: string): Promise<{ readonly data: Record<string, unknown> }[]> {
    return this.database.dataSource.query(
      'SELECT data FROM outbox WHERE tender_id = $1 AND subject = $2 ORDER BY id',
      [tenderId, `evt.vault.${type}.v1`],
    );
  }

  /** All that was told of an opening, in order. */
  async told(tenderId: string): Promise<string[]> {
    const rows = (await this.database.dataSource.query(
      'SELECT subject FROM outbox WHERE tender_id = $1 ORDER BY id',
      [tenderId],
    )) as { subject: string }[];
    return rows.map(({ subject }) => subject.split('.')[2]!);
  }

  async openingOf({ tenderId }: Scene, envelopeId: EnvelopeId = 'technical'): Promise<Opening | undefined> {
    return this.ports().openings.find({ tenderId, envelopeId });
  }

  /** Shares of one trustee for what the vault asks to be opened, bound to the close record that it shows. */
  async sharesOf(scene: Scene, i: number, envelopeId: EnvelopeId = 'technical'): Promise<GivenShare[]> {
    const { vault } = this.ports();
    const closeEntrySha256 = closeDigest(await vault.tender(scene.tenderId));
    const bids = await vault.finalBids(scene.tenderId);
    const wanted = envelopesToOpen(bids, envelopeId, await this.openingOf(scene, envelopeId));
    return (await signedOf(vault, scene.tenderId, wanted)).map(({ jws, sha256 }) => {
      const manifest = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()) as Manifest;
      const { descriptor, keys } = scene.committee;
      const key = keys[i - 1]!;
      const share: Share = openShare({
        descriptor,
        manifest,
        closeEntrySha256,
        trusteeIndex: i,
        key,
        random,
      });
      return { manifestSha256: sha256, share };
    });
  }

  give(scene: Scene, i: number, shares: readonly GivenShare[], envelopeId: EnvelopeId = 'technical') {
    const body = { tenderId: scene.tenderId, envelopeId, shares: shares as never };
    return takeShares(this.ports(), body, personCall(scene.trusteeIds[i - 1]!, 'trustee', null));
  }

  /** The quorum gives all its shares. */
  async quorum(scene: Scene, envelopeId: EnvelopeId = 'technical'): Promise<void> {
    for (let i = 1; i <= QUORUM; i++) {
      await this.give(scene, i, await this.sharesOf(scene, i, envelopeId), envelopeId);
    }
  }

  async combine(
    scene: Scene,
    {
      store = this.store,
      signal = new AbortController().signal,
      envelopeId = 'technical' as EnvelopeId,
    } = {},
  ): Promise<Opening> {
    const ref = { tenderId: scene.tenderId, envelopeId };
    await combineOpening(this.ports(store), ref, systemCall('combine'), signal);
    return (await this.openingOf(scene, envelopeId))!;
  }

  /** Lets hours pass on the database’s clock, then looks at what is due. */
  async passHours(hours: number): Promise<void> {
    await this.letHoursPass(hours);
    await passTime(this.ports(), systemCall('pass'));
  }

  async letHoursPass(hours: number): Promise<void> {
    const client = new pg.Client({ connectionString: this.test.adminUrl });
    await client.connect();
    await client.query(
      'UPDATE platform.clock SET virtual_epoch = virtual_epoch + make_interval(hours => $1)',
      [hours],
    );
    await client.end();
  }

  /** Whoever may write the folder changes what lies there. */
  alterObject(sha256: string, bytes: Uint8Array): void {
    writeFileSync(join(this.folder, contentKey('envelopes', sha256)), bytes);
  }

  /** How many parts are kept in the open. */
  openedParts(): number {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return files.filter((file) => file.isFile() && file.parentPath.includes(join(this.folder, 'opened')))
      .length;
  }
}

export const personCall = (
  personId: string,
  role: 'trustee' | 'bidder' | 'supervisor',
  organisationId: string | null,
): Call => ({
  ...systemCall('test'),
  actor: { personId, roles: [role], organisationId },
  actorId: personId,
});
