import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentKey, toHex } from '#kernel';
import type { ServiceDatabase } from '#database';
import { tenderDigest, type TenderDescriptor } from '#sealing';
import { type Call, MUTABLE_PREFIXES, systemCall } from '#service';
import { FileObjectStore, type ObjectStore } from '#storage';
import { committeeOf } from '../../../libs/sealing/test-support/committee.js';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { BidActEntity } from '../src/persistence/bid-act.entity.js';
import { ParticipationEntity } from '../src/persistence/participation.entity.js';
import { SealedTenderEntity } from '../src/persistence/sealed-tender.entity.js';
import { TypeormVault } from '../src/persistence/typeorm-vault.js';
import { TypeormWaitingBodies } from '../src/persistence/typeorm-waiting-bodies.js';
import { BodyKeeper } from '../src/use-cases/intake/body-keeper.js';
import type { VaultPorts } from '../src/use-cases/vault-ports.js';
import { vaultService } from '../src/vault.module.js';
import { random, sealText } from './sealed-bid.js';

const LATER = '2100-01-01T00:00:00.000Z';

/** A committed bid of one envelope whose body lies in quarantine. */
export interface Committed {
  readonly body: { readonly tenderId: string; readonly sha256: string; readonly size: number };
  readonly call: Call;
}

/** The vault's record of bodies on a real database, with a folder of objects. */
export class BodyStage {
  private constructor(
    private readonly test: TestDatabase,
    readonly database: ServiceDatabase,
    readonly folder: string,
    readonly store: FileObjectStore,
  ) {}

  static async start(): Promise<BodyStage> {
    const test = await testDatabase();
    const { entities, migrations } = vaultService;
    const database = await test.serviceDatabase('vault', { entities, migrations });
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-bodies-'));
    const store = new FileObjectStore({ root: folder, mutablePrefixes: MUTABLE_PREFIXES });
    return new BodyStage(test, database, folder, store);
  }

  async close(): Promise<void> {
    await this.test.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  ports(store: ObjectStore = this.store, keptWithinMs?: number): VaultPorts {
    return {
      vault: new TypeormVault(this.database),
      store,
      keeper: new BodyKeeper(store, keptWithinMs),
      waiting: new TypeormWaitingBodies(this.database),
    } as Partial<VaultPorts> as VaultPorts;
  }

  async committed({ deadlineAt = LATER } = {}): Promise<Committed> {
    const tenderId = randomUUID();
    const organisationId = randomUUID();
    const { descriptor: drawn } = committeeOf(4, 2, random, tenderId);
    const descriptor: TenderDescriptor = { ...drawn, envelopes: ['technical'], deadlineAt };
    const bidderCertSha256 = createHash('sha256').update(organisationId).digest('hex');
    const sealed = await sealText({ descriptor, bidderCertSha256, envelopeId: 'technical' }, organisationId);
    const { manager } = this.database.dataSource;
    const tid = toHex(tenderDigest(descriptor));
    const document = {
      tenderId,
      tid,
      descriptor,
      deadlineAt,
      trustees: [],
      bidsMin: 1,
      stage: 'open',
      suspendedAt: null,
      ending: null,
    };
    await manager.insert(SealedTenderEntity, { tenderId, document: document as never });
    const key = { tenderId, organisationId };
    await manager.insert(ParticipationEntity, { ...key, joinedAt: LATER });
    const { signed } = sealed;
    const act = { actId: randomUUID(), ...key, seq: 1, kind: 'seal', receivedAt: LATER, manifests: [signed] };
    const progress = { proofs: 'verified' as const, refusedCode: null, acceptedAt: null, acceptance: null };
    await manager.insert(BidActEntity, { ...key, seq: 1, document: act as never, ...progress });
    const { sha256, size } = signed.age!;
    await this.store.put(contentKey('quarantine', sha256), sealed.ciphertext);
    const actor = { personId: randomUUID(), roles: ['bidder' as const], organisationId };
    return {
      body: { tenderId, sha256, size },
      call: { ...systemCall('accept-body'), actor: actor as never },
    };
  }

  /** Of the objects in the store that are this body. */
  async placesOf({ body: { sha256 } }: Committed): Promise<string[]> {
    const places = [];
    for (const prefix of ['quarantine', 'envelopes']) {
      if (await this.store.head(contentKey(prefix, sha256))) places.push(prefix);
    }
    return places;
  }

  /** As if everything that waits had begun to so many hours earlier. */
  async passHours(hours: number): Promise<void> {
    await this.database.dataSource.query(
      'UPDATE waiting_body SET since = since - make_interval(hours => $1)',
      [hours],
    );
  }

  async sealedOf({ body }: Committed): Promise<string[]> {
    const rows: { type: string }[] = await this.database.dataSource.query(
      `SELECT event->>'type' AS type FROM sealed_act WHERE tender_id = $1 ORDER BY id`,
      [body.tenderId],
    );
    return rows.map(({ type }) => type);
  }
}
