import { randomUUID } from 'node:crypto';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceDefinition, ServiceRuntime } from '#service';
import { auditSettings, type AuditSettings } from './config.js';
import { AuditController } from './messaging/audit.controller.js';
import { LedgerWriter } from './messaging/ledger-writer.js';
import { SequencedWriting1764200000007 } from './persistence/migrations/sequenced-writing-1764200000007.js';
import { Tables1764000000007 } from './persistence/migrations/tables-1764000000007.js';
import { PostgresLedgerRows } from './persistence/postgres-ledger-rows.js';
import { fileSigner } from './signing/file-signer.js';
import { programSigner } from './signing/program-signer.js';
import { AuditPorts } from './use-cases/audit-ports.js';
import type { LedgerSigner } from './use-cases/signer.port.js';

@Module({})
class AuditModule {}

function auditModule({ database, store, settings, log }: ServiceRuntime<AuditSettings>): DynamicModule {
  const ports: AuditPorts = {
    rows: new PostgresLedgerRows(database),
    store,
    log,
    signer: configuredSigner(settings),
    nextSigner: settings.nextLedgerKeyFile === undefined ? undefined : fileSigner(settings.nextLedgerKeyFile),
    writer: randomUUID(),
    batchMax: settings.batchMax,
    regionCode: settings.regionCode,
  };
  return {
    module: AuditModule,
    controllers: [AuditController],
    providers: [
      { provide: AuditPorts, useValue: ports },
      { provide: LedgerWriter, useValue: new LedgerWriter(ports, settings.batchMs) },
    ],
  };
}

function configuredSigner(settings: AuditSettings): LedgerSigner {
  const { ledgerKeyFile, ledgerSignerProgram, ledgerVerifierKey } = settings;
  if (ledgerKeyFile !== undefined && ledgerSignerProgram === undefined) return fileSigner(ledgerKeyFile);
  if (ledgerKeyFile === undefined && ledgerSignerProgram !== undefined && ledgerVerifierKey !== undefined) {
    return programSigner([ledgerSignerProgram], ledgerVerifierKey);
  }
  throw new Error('set either ledgerKeyFile, or ledgerSignerProgram and ledgerVerifierKey');
}

/** The ledger of every action, its proofs, and supervision. */
export const auditService: ServiceDefinition<typeof auditSettings> = {
  name: 'audit',
  settings: auditSettings,
  entities: [],
  migrations: [Tables1764000000007, SequencedWriting1764200000007],
  module: auditModule,
};
