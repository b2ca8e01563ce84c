import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toBase64 } from '#kernel';
import type { ServiceDatabase } from '#database';
import {
  createCosigner,
  openCheckpoint,
  openWitnessed,
  parseNote,
  policySha256,
  type VerifiedSignature,
  verifierFromKey,
} from '#ledger';
import { MUTABLE_PREFIXES } from '#service';
import { FileObjectStore } from '#storage';
import { Witness } from '../../../../witness/src/witness.js';
import { STATE_PREFIX, WitnessMemory } from '../../../../witness/src/witness-memory.js';
import { witnessServer } from '../../../../witness/src/witness-server.js';
import { LogBuilder, openEntry } from '../../../../../libs/ledger/test-support/log-builder.js';
import { type TestDatabase, testDatabase } from '../../../../../test/support/postgres.js';
import { auditService } from '../../audit.module.js';
import { witnessClient } from '../../messaging/witness-client.js';
import { WitnessClock } from '../../messaging/witness-clock.js';
import { PostgresCosignatures } from '../../persistence/postgres-cosignatures.js';
import type { AuditPorts } from '../audit-ports.js';
import type { LedgerHead } from '../ledger.port.js';
import { publishCheckpoint } from '../write-ledger.js';
import { readPolicy, readWitnessed, witnessingState } from './read-witnesses.js';
import { Witnessing } from './witnessing.js';

const TIMEOUT_MS = 400;
const MINUTE_MS = 60_000;
const cosigners = [1, 2, 3].map((n) => createCosigner(`w${n}.test/w`, new Uint8Array(32).fill(n)));

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};

describe('the ledger and its witnesses', () => {
  let test: TestDatabase;
  let database: ServiceDatabase;
  let folder: string;
  let log: LogBuilder;
  let head: LedgerHead;
  let servers: Server[];
  let ports: AuditPorts;
  let witnessing: Witnessing;
  /** Witnesses that take a request and never answer. */
  const deaf = new Set<number>();
  const warnings: string[] = [];

  beforeAll(async () => {
    test = await testDatabase();
    const { entities, migrations } = auditService;
    database = await test.serviceDatabase('audit', { entities, migrations });
  });
  afterAll(() => test?.close());

  async function startWitness(n: number): Promise<Server> {
    const store = new FileObjectStore({ root: join(folder, `w${n}`), mutablePrefixes: [STATE_PREFIX] });
    const verifiers = [log.signer.verifier];
    const unixSeconds = (): number => Math.floor(Date.now() / 1000);
    const witness = new Witness({
      memory: new WitnessMemory(store),
      cosigner: cosigners[n]!,
      verifiers,
      unixSeconds,
    });
    const answering = witnessServer(witness, () => undefined);
    const server = createServer((request, response) => {
      if (!deaf.has(n)) answering.emit('request', request, response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return server;
  }

  const policyText = (): string =>
    [
      ...cosigners.map(({ verifier: { verifierKey } }, n) => {
        const { port } = servers[n]!.address() as AddressInfo;
        return `witness w${n + 1} ${verifierKey} http://127.0.0.1:${port}/`;
      }),
      'group two 2 w1 w2 w3',
      'quorum two',
      '',
    ].join('\n');

  function begin(timeoutMs = TIMEOUT_MS): void {
    const logger = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
    const store = new FileObjectStore({ root: join(folder, 'objects'), mutablePrefixes: MUTABLE_PREFIXES });
    witnessing = new Witnessing({
      policyText: policyText(),
      logVerifier: log.signer.verifier,
      rows: new PostgresCosignatures(database),
      store,
      post: witnessClient(timeoutMs),
      log: logger,
    });
    ports = { rows: { head: async () => head }, store, log: logger, witnessing } as unknown as AuditPorts;
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sunseal-witnessing-'));
    log = new LogBuilder();
    deaf.clear();
    warnings.length = 0;
    servers = [];
    for (const n of cosigners.keys()) servers.push(await startWitness(n));
    begin();
    await database.dataSource.query('TRUNCATE cosigned_checkpoint, outbox');
    await database.dataSource.query('UPDATE witness_quorum SET is_missing = false');
    await append(3);
  });
  afterEach(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function append(count: number, type = 'made'): Promise<void> {
    const from = log.size;
    const checkpoint = await log.append(
      Array.from({ length: count }, (_, n) => openEntry(from + n + 1, { type })),
    );
    for (const [path, bytes] of log.files) {
      if (path !== 'checkpoint') await ports.store.overwrite(`ledger/${path}`, bytes);
    }
    const { root } = openCheckpoint(checkpoint, [log.signer.verifier]);
    head = { size: log.size, root: toBase64(root), checkpoint, frontier: undefined };
  }
  const shown = (): string => readFileSync(join(folder, 'objects/ledger/checkpoint'), 'utf8');
  const names = (): string[] => parseNote(shown()).signatures.map(({ name }) => name);
  const round = () => witnessing.round(head, () => publishCheckpoint(ports));
  const named = () => ({
    text: policyText(),
    sha256: policySha256(policyText()),
    logVerifiers: [log.signer.verifier],
  });
  const told = async (): Promise<string[]> =>
    (await database.dataSource.query<{ subject: string }[]>('SELECT subject FROM outbox ORDER BY id')).map(
      ({ subject }) => subject,
    );

  it('publishes a checkpoint plain at once, and with the quorum as soon as that is there', async () => {
    await publishCheckpoint(ports);
    expect(names()).toEqual([log.signer.name]);
    const result = await round();
    expect(result.witnessedAt).toEqual(expect.any(Number));
    expect(openWitnessed(shown(), named())).toMatchObject({ size: 3, witnessedAt: result.witnessedAt });
    const answer = await readWitnessed(witnessing, {});
    expect(openWitnessed(answer.checkpoint, named()).size).toBe(3);
    expect(answer.policySha256).toBe(named().sha256);
  });

  it('proves to each witness from what that one knows, whatever it missed', async () => {
    await round();
    deaf.add(1);
    await append(300);
    await round();
    deaf.clear();
    await append(7);
    // Begun anew, audit knows nothing of what they know: each says so.
    begin();
    const { missing } = await roundUntilAll();
    expect(missing).toEqual([]);
    await publishCheckpoint(ports);
    expect(
      openCheckpoint(shown(), [log.signer.verifier, ...cosigners.map(({ verifier }) => verifier)]),
    ).toMatchObject({
      size: 310,
      signatures: { length: 4 } as unknown as VerifiedSignature[],
    });
  });

  async function roundUntilAll() {
    for (;;) {
      const result = await round();
      if (result.missing.length === 0) return result;
      await new Promise((wait) => setTimeout(wait, 20));
    }
  }

  it('does not wait for a witness that does not answer, and takes it in when it does', async () => {
    // It would wait until the test is given up.
    begin(60 * MINUTE_MS);
    deaf.add(0);
    const { witnessedAt, missing } = await round();
    expect(witnessedAt).toBeDefined();
    expect(missing).toContain('w1');
    servers[0]!.closeAllConnections();
    deaf.clear();
    await append(1);
    await roundUntilAll();
  });

  it('goes on publishing while the quorum is missing, and says that it is', async () => {
    deaf.add(0).add(1);
    await publishCheckpoint(ports);
    expect(await round()).toEqual({ size: 3, witnessedAt: undefined, missing: ['w1', 'w2'] });
    await append(2);
    await publishCheckpoint(ports);
    expect(openCheckpoint(shown(), [log.signer.verifier]).size).toBe(5);
    expect(codeOf(() => openWitnessed(shown(), named()))).toBe('ledger.witness-quorum-missing');
    await expect(readWitnessed(witnessing, {})).rejects.toMatchObject({
      code: 'ledger.witness-quorum-missing',
    });
    expect(warnings.join('')).toContain('witness.unreachable');
  });

  it('keeps what witnesses cosigned over a restart, and gives the first since a time', async () => {
    await round();
    const { witnessedAt } = await readWitnessed(witnessing, {});
    await append(2);
    begin();
    await publishCheckpoint(ports);
    await round();
    const since = (seconds: number) => ({ since: new Date(seconds * 1000).toISOString() });
    expect((await readWitnessed(witnessing, since(witnessedAt))).size).toBe(3);
    expect((await readWitnessed(witnessing, {})).size).toBe(5);
    await expect(readWitnessed(witnessing, since(witnessedAt + 3_600))).rejects.toMatchObject({
      code: 'ledger.witness-quorum-missing',
    });
  });

  it('gets no cosignature for a history that was rewritten with the stolen key, nor for one cut short', async () => {
    await append(5);
    await roundUntilAll();
    log = new LogBuilder();
    await append(2);
    await append(7, 'rewritten');
    begin();
    await publishCheckpoint(ports);
    expect(await round()).toMatchObject({ witnessedAt: undefined, missing: ['w1', 'w2', 'w3'] });
    expect(warnings.join('')).toMatch(/witness\.refused.*422|422.*witness\.refused/s);
    log = new LogBuilder();
    warnings.length = 0;
    await append(4);
    begin();
    expect((await round()).witnessedAt).toBeUndefined();
    expect(warnings.join('')).toContain('witness.ahead');
  });

  it('enters that the quorum is missing, and that it is there again, once each', async () => {
    deaf.add(0).add(1).add(2);
    const clock = new WitnessClock(ports, witnessing, { everyMs: 20, refreshMs: MINUTE_MS, patienceMs: 0 });
    await clock.onModuleInit();
    await publishCheckpoint(ports);
    const state = () => witnessingState(witnessing);
    while (!(await state())!.isQuorumMissing) await new Promise((wait) => setTimeout(wait, 20));
    deaf.clear();
    while ((await state())!.isQuorumMissing) await new Promise((wait) => setTimeout(wait, 20));
    await clock.onApplicationShutdown();
    expect(await told()).toEqual(['evt.audit.witness-quorum-missing.v1', 'evt.audit.witness-quorum-met.v1']);
    expect((await state())!.witnessed).toMatchObject({ size: 3 });
  });

  it('has a ledger that does not grow cosigned anew, so that a deadline finds its time', async () => {
    const pace = { everyMs: 20, refreshMs: 200, patienceMs: MINUTE_MS };
    const clock = new WitnessClock(ports, witnessing, pace);
    await clock.onModuleInit();
    await publishCheckpoint(ports);
    const time = async () => (await witnessingState(witnessing))!.witnessed?.at;
    while ((await time()) === undefined) await new Promise((wait) => setTimeout(wait, 20));
    const first = (await time())!;
    while ((await time()) === first) await new Promise((wait) => setTimeout(wait, 20));
    await clock.onApplicationShutdown();
    const since = new Date((first + 1) * 1000).toISOString();
    expect(await readWitnessed(witnessing, { since })).toMatchObject({ size: 3 });
  });

  it('keeps every policy that held, since tenders name it by its hash', async () => {
    await witnessing.begin();
    const { sha256, text } = named();
    expect(await readPolicy(witnessing.rows, { policySha256: sha256 })).toEqual({ policy: text });
    await expect(readPolicy(witnessing.rows, { policySha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'ledger.witness-policy-unknown',
    });
  });

  it('has no policy that asks for nobody, or that is of another ledger', () => {
    const other = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    for (const text of ['quorum none', `log ${verifierFromKey(other).verifierKey}\n${policyText()}`]) {
      const parts = { ...(witnessing['parts' as never] as object), policyText: text } as never;
      expect(codeOf(() => new Witnessing(parts))).toBe('witness.policy-malformed');
    }
  });
});
