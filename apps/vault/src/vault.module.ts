import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceDefinition, type ServiceRuntime, Sweeps } from '#service';
import { scrub } from '#storage';
import { vaultSettings, type VaultSettings } from './config.js';
import { StampClock } from './messaging/stamp-clock.js';
import { stampingAuthority } from './stamping-authority.js';
import { StoreGuard } from './messaging/store-guard.js';
import { VaultController } from './messaging/vault.controller.js';
import { vaultSweeps } from './messaging/vault-sweeps.js';
import { VaultOpeningController } from './messaging/vault-opening.controller.js';
import { VaultEvents } from './messaging/vault.events.js';
import { BidActEntity } from './persistence/bid-act.entity.js';
import { EnvelopeBodyEntity } from './persistence/envelope-body.entity.js';
import { CloseRecord1764200000001 } from './persistence/migrations/close-record-1764200000001.js';
import { BidProgress1764100000001 } from './persistence/migrations/bid-progress-1764100000001.js';
import { BidderKeys1764200000002 } from './persistence/migrations/bidder-keys-1764200000002.js';
import { OpeningCeremony1764100000018 } from './persistence/migrations/opening-ceremony-1764100000018.js';
import { HaltedTenders1764200000015 } from './persistence/migrations/halted-tenders-1764200000015.js';
import { PromiseStamps1764200000003 } from './persistence/migrations/promise-stamps-1764200000003.js';
import { Tables1764000000004 } from './persistence/migrations/tables-1764000000004.js';
import { WaitingBodies1764200000014 } from './persistence/migrations/waiting-bodies-1764200000014.js';
import { OpeningEntity } from './persistence/opening.entity.js';
import { ParticipationEntity } from './persistence/participation.entity.js';
import { SealedTenderEntity } from './persistence/sealed-tender.entity.js';
import { TypeormOpenings } from './persistence/typeorm-openings.js';
import { TypeormStamps } from './persistence/typeorm-stamps.js';
import { TypeormVault } from './persistence/typeorm-vault.js';
import { TypeormWaitingBodies } from './persistence/typeorm-waiting-bodies.js';
import { BodyKeeper } from './use-cases/intake/body-keeper.js';
import { IntakeWriter } from './use-cases/intake/intake-writer.js';
import { ReceiptSigner } from './use-cases/intake/receipt-signer.js';
import { VaultPorts } from './use-cases/vault-ports.js';

@Module({})
class VaultModule {}

function vaultModule({
  database,
  requests,
  store,
  settings,
  log,
}: ServiceRuntime<VaultSettings>): DynamicModule {
  const read = (file: string): string => readFileSync(file, 'utf8');
  const vault = new TypeormVault(database);
  const signer = new ReceiptSigner(read(settings.platformCertificateFile), read(settings.platformKeyFile));
  const stamping = stampingAuthority(settings);
  const isStamping = stamping !== null;
  const stamps = new TypeormStamps(database);
  const random = (length: number): Uint8Array => randomBytes(length);
  const ports: VaultPorts = {
    vault,
    openings: new TypeormOpenings(database),
    requests,
    store,
    scrub,
    signer,
    intake: new IntakeWriter({ vault, signer, isStamping }),
    stamps,
    isStamping,
    keeper: new BodyKeeper(store),
    waiting: new TypeormWaitingBodies(database),
    random,
    authorityPem: read(settings.authorityCertificateFile),
  };
  return {
    module: VaultModule,
    controllers: [VaultController, VaultOpeningController, VaultEvents],
    providers: [
      { provide: VaultPorts, useValue: ports },
      { provide: StoreGuard, useValue: new StoreGuard(store, log) },
      {
        provide: StampClock,
        useValue: new StampClock(stamping && { ...stamping, stamps, log, random }),
      },
      { provide: Sweeps, useValue: new Sweeps(log, vaultSweeps(ports, log, settings.scrubHours)) },
    ],
  };
}

/** Sealed bids: takes ciphertext, opens with the quorum after the deadline. */
export const vaultService: ServiceDefinition<typeof vaultSettings> = {
  name: 'vault',
  settings: vaultSettings,
  entities: [SealedTenderEntity, ParticipationEntity, BidActEntity, EnvelopeBodyEntity, OpeningEntity],
  migrations: [
    Tables1764000000004,
    BidProgress1764100000001,
    OpeningCeremony1764100000018,
    CloseRecord1764200000001,
    BidderKeys1764200000002,
    PromiseStamps1764200000003,
    HaltedTenders1764200000015,
    WaitingBodies1764200000014,
  ],
  module: vaultModule,
};
