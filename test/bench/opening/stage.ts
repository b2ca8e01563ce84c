import { createHash, randomUUID, webcrypto } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { addMs, contentKey, instantFromMs, toBase64Url, toHex } from '#kernel';
import { InProcessBus } from '#bus';
import {
  acceptBody,
  type Actor,
  authoriseUpload,
  checkCertificate,
  type DataOf,
  type EventContract,
  type EventEnvelope,
  getOrganisation,
  joinTender,
  submitBid,
  tenderClosed,
  tenderPublished,
} from '#contracts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#database';
import { signerFromKey } from '#ledger';
import { createTrusteeKey, tenderDigest, type TenderDescriptor, type TrusteeKey } from '#sealing';
import { createLog, MUTABLE_PREFIXES, Requests, type RunningServices, startServices } from '#service';
import { FileObjectStore } from '#storage';
import { auditService } from '../../../apps/audit/src/audit.module.js';
import { ensureKeys, type KeyFiles } from '../../../apps/standalone/src/keys.js';
import { serviceDatabases } from '../../../apps/standalone/src/service-databases.js';
import { vaultService } from '../../../apps/vault/src/vault.module.js';
import type { ClientNews } from './client-work.js';

const random = (length: number): Uint8Array => webcrypto.getRandomValues(new Uint8Array(length));
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const HOUR_MS = 3_600_000;

interface Parts {
  readonly postgres: EmbeddedPostgres;
  readonly adminUrl: string;
  readonly folder: string;
  readonly bus: InProcessBus;
  readonly store: FileObjectStore;
  readonly keys: KeyFiles;
  readonly running: RunningServices;
}

/**
 * Vault and audit as they run anywhere, on a real Postgres and a folder of objects. Of the other services there is what
 * the vault hears of them: tendering's two events, and registration's answers about certificates that the platform's
 * authority really gave.
 */
export class VaultStage {
  readonly tenderId = randomUUID();
  readonly trustees: readonly { readonly personId: string; readonly key: TrusteeKey }[];
  readonly descriptor: TenderDescriptor;
  readonly requests: Requests;
  private readonly organisations = new Map<string, string>();
  private events = 0;

  private constructor(
    readonly parts: Parts,
    n: number,
    k: number,
  ) {
    this.requests = new Requests(parts.bus);
    const { name, verifier } = signerFromKey(readFileSync(parts.keys.ledgerKeyFile, 'utf8').trim());
    this.trustees = Array.from({ length: n }, () => ({
      personId: randomUUID(),
      key: createTrusteeKey(random),
    }));
    this.descriptor = {
      suite: 'SS1',
      tenderId: this.tenderId,
      envelopes: ['technical', 'commercial'],
      n,
      k,
      trustees: this.trustees.map(({ key, personId }, at) => ({
        i: at + 1,
        certSha256: hash(personId),
        publicKey: toBase64Url(key.publicKey),
        statementSha256: hash(`statement of ${personId}`),
      })),
      deadlineAt: addMs(instantFromMs(Date.now()), HOUR_MS),
      rules: { openingHours: 24, rescueHours: 24 },
      ledgerOrigin: name,
      ledgerKey: verifier.verifierKey,
    };
  }

  static async start(n: number, k: number): Promise<VaultStage> {
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-opening-bench-'));
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
    const keys = await ensureKeys(folder, instantFromMs(Date.now()));
    const store = new FileObjectStore({ root: join(folder, 'objects'), mutablePrefixes: MUTABLE_PREFIXES });
    mkdirSync(join(folder, 'sealed'));
    const bus = new InProcessBus();
    const placements = [
      { definition: auditService, settings: { ledgerKeyFile: keys.ledgerKeyFile } },
      {
        definition: vaultService,
        settings: {
          authorityCertificateFile: keys.authorityCertificateFile,
          platformCertificateFile: keys.platformCertificateFile,
          platformKeyFile: keys.platformKeyFile,
        },
      },
    ];
    const names = placements.map(({ definition }) => definition.name);
    const { adminUrl, urls } = await serviceDatabases(postgres.adminUrl, names, keys);
    const placed = placements.map((one) => ({ ...one, databaseUrl: urls.get(one.definition.name)! }));
    const log = createLog('bench', 'error');
    const running = await startServices(placed as never, { bus, store, log }, { port: 0, host: '127.0.0.1' });
    const stage = new VaultStage({ postgres, adminUrl, folder, bus, store, keys, running }, n, k);
    await stage.answerForRegistration();
    return stage;
  }

  async close(): Promise<void> {
    const { running, bus, postgres, folder } = this.parts;
    await running.stop();
    await bus.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  private async answerForRegistration(): Promise<void> {
    const { bus } = this.parts;
    await bus.serve(getOrganisation.subject, 'registration', async () => ({
      ok: true,
      body: { status: 'approved' },
    }));
    await bus.serve(checkCertificate.subject, 'registration', async (envelope) => {
      const { certificateSha256 } = (envelope as { body: { certificateSha256: string } }).body;
      const organisationId = this.organisations.get(certificateSha256)!;
      const organisationName = 'Bidder';
      return {
        ok: true,
        body: {
          personId: organisationId,
          organisationId,
          organisationName,
          kind: 'organisation',
          isValid: true,
        },
      };
    });
  }

  private async publish<C extends EventContract>(contract: C, data: DataOf<C>): Promise<void> {
    const event: EventEnvelope = {
      id: randomUUID(),
      producer: 'tendering',
      seq: ++this.events,
      subject: contract.subject,
      occurredAt: instantFromMs(Date.now()),
      actorId: null,
      tenderId: this.tenderId,
      correlationId: 'bench',
      causationId: null,
      data: data as Record<string, unknown>,
    };
    await this.parts.bus.publish(event);
  }

  openForBids(): Promise<void> {
    const { descriptor } = this;
    return this.publish(tenderPublished, {
      tid: toHex(tenderDigest(descriptor)),
      descriptor: { ...descriptor },
      method: {},
      title: { zh: '工程', en: 'Works' },
      regionCode: '630100',
      ceilingPrice: '1000000.00',
      deadlineAt: descriptor.deadlineAt,
      boq: { name: 'boq.xlsx', mediaType: 'application/octet-stream', sha256: hash('boq'), size: 1 },
      trustees: this.trustees.map(({ personId }, at) => ({
        i: at + 1,
        personId,
        certificateSha256: hash(personId),
      })),
      expertIds: [randomUUID()],
      bidsMin: 1,
    });
  }

  /** A bid's whole way in: joins, commits, sends both bodies. */
  async takeBid({ certificateSha256, manifests, bodies }: Extract<ClientNews, { type: 'sealed' }>) {
    const { tenderId, requests } = this;
    const organisationId = randomUUID();
    this.organisations.set(certificateSha256, organisationId);
    const actor: Actor = { personId: organisationId, roles: ['bidder'], organisationId };
    const behalf = () => ({ actor, idempotencyKey: randomUUID() });
    await requests.ask(joinTender, { tenderId }, behalf());
    await requests.ask(submitBid, { tenderId, manifests: [...manifests] }, behalf());
    for (const { file, sha256, size } of bodies) {
      await requests.ask(authoriseUpload, { tenderId, sha256, size }, behalf());
      const expect = { sha256, size };
      await this.parts.store.put(contentKey('quarantine', sha256), readFileSync(file), { expect });
      await requests.ask(acceptBody, { tenderId, sha256, size }, behalf());
      rmSync(file);
    }
  }

  /** The deadline comes at once on the database's clock. */
  async passDeadline(): Promise<void> {
    await this.sql('UPDATE platform.clock SET virtual_epoch = virtual_epoch + make_interval(hours => 2)');
    const { deadlineAt } = this.descriptor;
    await this.publish(tenderClosed, { deadlineAt, closedAt: deadlineAt });
  }

  async sql<T>(text: string, params: readonly unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.parts.adminUrl });
    await client.connect();
    try {
      return (await client.query(text, [...params])).rows as T[];
    } finally {
      await client.end();
    }
  }
}
