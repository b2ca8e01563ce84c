import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { NoteVerifier } from '#ledger';
import { type ServiceDefinition, type ServiceRuntime, type Sweep, Sweeps } from '#service';
import { auditSettings, type AuditSettings } from './config.js';
import { parseLowerCentres } from './lower-centres-file.js';
import { AuditController } from './messaging/audit.controller.js';
import { Heartbeats } from './messaging/heartbeats.js';
import { LedgerWriter } from './messaging/ledger-writer.js';
import { FollowedCentres, LowerCentresController } from './messaging/lower-centres.controller.js';
import { lowerClient } from './messaging/lower-client.js';
import { LowerCentres1764400000004 } from './persistence/migrations/lower-centres-1764400000004.js';
import { SequencedWriting1764200000007 } from './persistence/migrations/sequenced-writing-1764200000007.js';
import { witnessClient } from './messaging/witness-client.js';
import { WitnessClock } from './messaging/witness-clock.js';
import { Completeness1764400000002 } from './persistence/migrations/completeness-1764400000002.js';
import { Tables1764000000007 } from './persistence/migrations/tables-1764000000007.js';
import { Witnesses1764200000006 } from './persistence/migrations/witnesses-1764200000006.js';
import { PostgresCompared } from './persistence/postgres-compared.js';
import { PostgresCosignatures } from './persistence/postgres-cosignatures.js';
import { PostgresLedgerRows } from './persistence/postgres-ledger-rows.js';
import { PostgresLowerCentres } from './persistence/postgres-lower-centres.js';
import { fileSigner } from './signing/file-signer.js';
import { programSigner } from './signing/program-signer.js';
import { AuditPorts } from './use-cases/audit-ports.js';
import { type LowerCentre, LowerCentres } from './use-cases/lower/lower-centre.js';
import { LowerWatch } from './use-cases/lower/watch-lower.js';
import { CompletenessPorts } from './use-cases/completeness/completeness-ports.js';
import { fillEnds, fillGaps } from './use-cases/completeness/fill-gaps.js';
import { reconcileAll } from './use-cases/completeness/reconcile.js';
import type { LedgerSigner } from './use-cases/signer.port.js';
import { Cosignatures } from './use-cases/witnesses/cosignatures.port.js';
import { Witnessing } from './use-cases/witnesses/witnessing.js';

/** Beside other sweeps of this service. */
const LOWER_SWEEPS = Symbol('lower sweeps');

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
    controllers: [AuditController, LowerCentresController],
    providers: [
      ...lowerProviders(runtime),
      { provide: AuditPorts, useValue: ports },
      { provide: Cosignatures, useValue: cosignatures },
      { provide: CompletenessPorts, useValue: completeness },
      { provide: Sweeps, useValue: new Sweeps(log, completenessSweeps(completeness, settings)) },
      { provide: LedgerWriter, useValue: writerOf(ports, settings) },
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

const writerOf = (ports: AuditPorts, { batchMs, heartbeatMs }: AuditSettings): LedgerWriter =>
  new LedgerWriter(ports, batchMs, new Heartbeats(ports, heartbeatMs));

/** Each lower ledger has a sweep of its own: one that does not answer holds back no other. */
function lowerProviders({ database, settings, log }: ServiceRuntime<AuditSettings>): Provider[] {
  const rows = new PostgresLowerCentres(database);
  const centres = lowerCentres(settings);
  const { lowerEveryMs: everyMs, lowerSilentAfterMs } = settings;
  const sweeps = centres.map((centre) => {
    const watch = new LowerWatch(centre, rows, lowerSilentAfterMs, log, Date.now());
    return { name: `watch-${centre.origin}`, everyMs, work: () => watch.look(Date.now()) };
  });
  return [
    { provide: LowerCentres, useValue: rows },
    { provide: FollowedCentres, useValue: { centres } },
    { provide: LOWER_SWEEPS, useValue: new Sweeps(log, sweeps) },
  ];
}

function lowerCentres({ lowerCentresFile, lowerTimeoutMs, regionCode }: AuditSettings): LowerCentre[] {
  if (lowerCentresFile === undefined) return [];
  return parseLowerCentres(readFileSync(lowerCentresFile, 'utf8'), regionCode).map((centre) => ({
    ...centre,
    readFile: lowerClient(centre.url, lowerTimeoutMs),
  }));
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
    LowerCentres1764400000004,
  ],
  module: auditModule,
};
