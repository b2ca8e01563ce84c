import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InProcessBus } from '#bus';
import { createLog, MUTABLE_PREFIXES, startServices } from '#service';
import { FileObjectStore } from '#storage';
import { OpensslTimestamps } from '../../../libs/pki/test-support/openssl-timestamps.js';
import { send, timestampServer } from '../../../libs/pki/test-support/timestamp-server.js';
import { IntakeStage, type StageBid, type StageTender } from '../test-support/intake-stage.js';
import { stampingAuthority } from './stamping-authority.js';
import { vaultService } from './vault.module.js';

describe('the vault with a time-stamp authority in its settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-vault-'));
  let stage: IntakeStage;
  let openssl: OpensslTimestamps;
  let tender: StageTender;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  beforeAll(async () => {
    stage = await IntakeStage.start();
    openssl = new OpensslTimestamps();
    tender = await stage.tender(60);
  });
  afterAll(async () => {
    openssl?.close();
    await stage?.close();
    rmSync(folder, { recursive: true });
  });

  /** The whole service as a process runs it, until `work` is done. */
  async function running(timestampUrl: string, work: (health: number) => Promise<void>): Promise<void> {
    const bus = new InProcessBus();
    const { signer } = stage.ports();
    const settings = {
      authorityCertificateFile: file('authority.pem', stage.people.authorityPem),
      platformCertificateFile: file('platform.pem', signer.certificatePem),
      platformKeyFile: file('platform.key', 'not needed to start'),
      timestampUrl,
      timestampAuthorityFile: file('stamps.pem', openssl.pem('root')),
    };
    const { url: databaseUrl } = stage.database.dataSource.options as { readonly url?: string };
    const services = await startServices(
      [{ definition: vaultService, databaseUrl: databaseUrl!, settings }],
      {
        bus,
        store: new FileObjectStore({ root: join(folder, 'objects'), mutablePrefixes: MUTABLE_PREFIXES }),
        log: createLog('test', 'silent'),
      },
      { port: 0, host: '127.0.0.1' },
    );
    try {
      await work((await fetch(`${services.address}/health`)).status);
    } finally {
      await services.stop();
      await bus.close();
    }
  }
  const stampOf = async ({ bidder: { organisationId } }: StageBid) =>
    (await stage.ports().stamps.find({ tenderId: tender.tenderId, organisationId, seq: 1 }))!;

  it('starts where the authority cannot be reached, and has what waits stamped where it can', async () => {
    const bid = await stage.bid(stage.ports({ isStamping: true }), tender);
    await running('http://127.0.0.1:1/', async (health) => {
      expect(health).toBe(200);
      while ((await stampOf(bid)).lastCode === null) await sleep(20);
    });
    expect(await stampOf(bid)).toMatchObject({ stamp: null, lastCode: 'timestamp.unavailable' });
    const server = await timestampServer(({ body }, response) => send(response, openssl.reply(body)));
    await running(server.url, async () => {
      while ((await stampOf(bid)).stamp === null) await sleep(20);
    });
    await server.close();
    // One was asked for at the start, the other is the promise's.
    expect(server.requests).toHaveLength(2);
  });

  it('does not start with half of the settings, or with a file that holds no certificate', () => {
    const timestampAuthorityFile = file('none.pem', 'none');
    const timestampUrl = 'http://127.0.0.1:1/';
    expect(stampingAuthority({})).toBeNull();
    expect(() => stampingAuthority({ timestampUrl })).toThrow('come together');
    expect(() => stampingAuthority({ timestampAuthorityFile })).toThrow('come together');
    expect(() => stampingAuthority({ timestampPolicy: '1.2.3' })).toThrow('come together');
    expect(() => stampingAuthority({ timestampUrl, timestampAuthorityFile })).toThrow('holds no certificate');
  });
});
