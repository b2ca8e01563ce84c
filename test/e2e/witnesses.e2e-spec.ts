import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDescriptor, getLedgerIdentity, getWitnessedCheckpoint } from '#contracts';
import { policySha256 } from '#ledger';
import { verifyBundle } from '../../apps/cli/src/bundle/verify-bundle.js';
import { writeBundle } from '../../apps/cli/src/bundle/write-bundle.js';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { play } from '../support/play.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { runProgram } from '../support/run-program.js';
import { type WitnessFiles, WitnessProcess } from '../support/witness-process.js';

const COUNT = 3;
/** 20 days of notice pass in half a minute: each opening waits for the witnesses in real time. */
const CLOCK_FACTOR = 60_000;
const MINUTE_MS = 60_000;

describe('a ledger with witnesses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-witnesses-'));
  const at = (name: string): string => join(folder, name);
  let platform: TestPlatform;
  let witnesses: WitnessProcess[];
  let api: ApiClient;
  let policy: string;
  const filesOf = (n: number): WitnessFiles => ({
    name: `w${n}.test/w`,
    logs: at('logs'),
    key: at(`${n}.pem`),
    data: at(`witness-${n}`),
  });

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: CLOCK_FACTOR });
    const { verifierKey } = await new ApiClient({ address: platform.current().address }).call(
      getLedgerIdentity,
      {},
    );
    writeFileSync(at('logs'), `log ${verifierKey}\nquorum none\n`);
    witnesses = [];
    for (let n = 0; n < COUNT; n++) {
      const { privateKey } = generateKeyPairSync('ed25519');
      writeFileSync(filesOf(n).key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
      witnesses.push(await WitnessProcess.start(filesOf(n)));
    }
    policy = [
      ...witnesses.map(({ verifierKey: key, address }, n) => `witness w${n} ${key} ${address}`),
      'group two 2 w0 w1 w2',
      'quorum two',
      '',
    ].join('\n');
    writeFileSync(at('policy'), policy);
    writeFileSync(join(platform.dataDir, 'keys', 'witness-policy'), policy);
    await platform.current().stop();
    await platform.restart();
    api = new ApiClient({ address: platform.current().address });
  });
  afterAll(async () => {
    await Promise.all(witnesses.map((witness) => witness.kill()));
    await platform?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes from publication to award with one witness dead, and its bundle shows the quorum', async () => {
    await witnesses[2]!.kill();
    const { tenderId } = await play(platform, { noticeRealMs: 40_000, patienceMs: 20_000 });
    const { descriptor } = await api.call(getDescriptor, { tenderId });
    const rules = descriptor['rules'] as Record<string, unknown>;
    expect(rules['witnessPolicySha256']).toBe(policySha256(policy));
    await writeBundle(api, tenderId, at('bundle'));
    const { checks } = await verifyBundle(at('bundle'));
    expect(checks.join('\n')).toContain('a quorum of witnesses cosigned the close record');
  });

  it('is verified at its address, with what its witnesses say', async () => {
    const address = `${platform.current().address}/ledger/`;
    const { code, out, err } = await runProgram('cli', [
      'verify',
      address,
      '--policy',
      at('policy'),
      '--json',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ ok: true, witnessedAt: expect.any(Number) });
  });

  it('tells how far it has been cosigned, and comes back to it after every witness was away', async () => {
    const before = await api.call(getWitnessedCheckpoint, {});
    await Promise.all(witnesses.slice(0, 2).map((witness) => witness.kill()));
    const state = async () => (await api.call(getLedgerIdentity, {})).witnesses!;
    expect((await state()).witnessed!.size).toBeGreaterThanOrEqual(before.size);
    const addresses = witnesses.map(({ address }) => new URL(address).port);
    witnesses = [];
    for (let n = 0; n < COUNT; n++) {
      witnesses.push(await WitnessProcess.start(filesOf(n), ['--port', addresses[n]!]));
    }
    await waitUntil('the whole ledger cosigned', MINUTE_MS, async () => {
      const { size, witnesses: told } = await api.call(getLedgerIdentity, {});
      return told!.witnessed!.size === size || undefined;
    });
  });
});
