import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DynamicModule, Module } from '@nestjs/common';
import type { NoteVerifier } from '#ledger';
import { type ServiceDefinition, type ServiceRuntime, type Sweep, Sweeps } from '#service';
import { auditSettings, type AuditSettings } from './config.js';
import { AuditController } from './messaging/audit.controller.js';
import { LedgerWriter } from './messaging/ledger-writer.js';
import { SequencedWriting1764200000007 } from './persistence/migrations/sequenced-writing-1764200000007.js';
import { witnessClient } from './messaging/witness-client.js';
import { WitnessClock } from './messaging/witness-clock.js';
import { Completeness1764400000002 } from './persistence/migrations/completeness-1764400000002.js';
import { Tables1764000000007 } from './persistence/migrations/tables-1764000000007.js';
import { Witnesses1764200000006 } from './persistence/migrations/witnesses-1764200000006.js';
import { PostgresCompared } from './persistence/postgres-compared.js';
import { PostgresCosignatures } from './persistence/postgres-cosignatures.js';
import { PostgresLedgerRows } from './persistence/postgres-ledger-rows.js';
import { fileSigner } from './signing/file-signer.js';
import { programSigner } from './signing/program-signer.js';
import { AuditPorts } from './use-cases/audit-ports.js';
import { CompletenessPorts } from './use-cases/completeness/completeness-ports.js';
import { fillEnds, fillGaps } from './use-cases/completeness/fill-gaps.js';
import { reconcileAll } from './use-cases/completeness/reconcile.js';
import type { LedgerSigner } from './use-cases/signer.port.js';
import { Cosignatures } from './use-cases/witnesses/cosignatures.port.js';
import { Witnessing } from './use-cases/witnesses/witnessing.js';

@Module({})
class AuditModule {}

function auditModule(runtime: ServiceRuntime<AuditSettings>): DynamicModule {
  const { database, store, settings, requests, log } = runtime;
  const signer = configuredSigner(settings);
  const cosignatures = new PostgresCosignatures(database);
  const witnessing = witnessingOf(runtime, cosignatures, signer.verifier);
  const ports: AuditPorts = {
    rows: new PostgresLedgerRows(database),
    store,
    log,
    signer,
    nextSigner: settings.nextLedgerKeyFile === undefined ? undefined : fileSigner(settings.nextLedgerKeyFile),
    writer: randomUUID(),
    batchMax: settings.batchMax,
    regionCode: settings.regionCode,
    ...(witnessing ? { witnessing } : {}),
  };
  const completeness: CompletenessPorts = {
    ledger: ports,
    compared: new PostgresCompared(database),
    requests,
    gapPatienceMs: settings.gapPatienceMs,
  };
  return {
    module: AuditModule,
    controllers: [AuditController],
    providers: [
      { provide: AuditPorts, useValue: ports },
      { provide: Cosignatures, useValue: cosignatures },
      { provide: CompletenessPorts, useValue: completeness },
      { provide: Sweeps, useValue: new Sweeps(log, completenessSweeps(completeness, settings)) },
      { provide: LedgerWriter, useValue: new LedgerWriter(ports, settings.batchMs) },
      ...(witnessing ? [{ provide: WitnessClock, useValue: clockOf(ports, witnessing, settings) }] : []),
    ],
  };
}

const completenessSweeps = (ports: CompletenessPorts, settings: AuditSettings): Sweep[] => [
  { name: 'fill-gaps', everyMs: settings.refillEveryMs, work: () => fillGaps(ports) },
  { name: 'fill-ends', everyMs: settings.refillEndsEveryMs, work: () => fillEnds(ports) },
  {
    name: 'reconcile-ledger',
    everyMs: settings.reconcileEveryMs,
    work: (_call, signal) => reconcileAll(ports, signal),
  },
];

function configuredSigner(settings: AuditSettings): LedgerSigner {
  const { ledgerKeyFile, ledgerSignerProgram, ledgerVerifierKey } = settings;
  if (ledgerKeyFile !== undefined && ledgerSignerProgram === undefined) return fileSigner(ledgerKeyFile);
  if (ledgerKeyFile === undefined && ledgerSignerProgram !== undefined && ledgerVerifierKey !== undefined) {
    return programSigner([ledgerSignerProgram], ledgerVerifierKey);
  }
  throw new Error('set either ledgerKeyFile, or ledgerSignerProgram and ledgerVerifierKey');
}

function witnessingOf(
  { settings, store, log }: ServiceRuntime<AuditSettings>,
  rows: Cosignatures,
  logVerifier: NoteVerifier,
): Witnessing | undefined {
  const { witnessPolicyFile, witnessTimeoutMs } = settings;
  if (witnessPolicyFile === undefined) return undefined;
  const policyText = readFileSync(witnessPolicyFile, 'utf8');
  return new Witnessing({ policyText, logVerifier, rows, store, post: witnessClient(witnessTimeoutMs), log });
}

const clockOf = (ports: AuditPorts, witnessing: Witnessing, settings: AuditSettings): WitnessClock =>
  new WitnessClock(ports, witnessing, {
    everyMs: settings.witnessEveryMs,
    refreshMs: settings.witnessRefreshMs,
    patienceMs: settings.witnessPatienceMs,
  });

/** The ledger of every action, its proofs, and supervision. */
export const auditService: ServiceDefinition<typeof auditSettings> = {
  name: 'audit',
  settings: auditSettings,
  entities: [],
  migrations: [
    Tables1764000000007,
    SequencedWriting1764200000007,
    Witnesses1764200000006,
    Completeness1764400000002,
  ],
  module: auditModule,
};
