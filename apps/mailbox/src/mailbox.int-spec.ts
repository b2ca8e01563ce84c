import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, fromUtf8, utf8 } from '#kernel';
import {
  checkReveal,
  createSigner,
  type MailboxReceipt,
  verifierFromKey,
  verifyLog,
  verifyMailboxReceipt,
  verifyProofFile,
} from '#ledger';
import {
  createAuthority,
  createCertificateRequest,
  createKeyPair,
  importPrivateKey,
  issueCertificate,
  certificateSha256,
  signJson,
} from '#pki';
import { manifestDigest, type WithdrawManifest } from '#sealing';
import { FileObjectStore } from '#storage';
import { claimsFile, exportClaims } from './export-claims.js';
import { MailboxLog } from './mailbox-log.js';
import { mailboxServer } from './mailbox-server.js';

const NOW = '2026-12-14T07:59:00.000Z';
const TID = 'ab'.repeat(32);
const signer = createSigner('mailbox.test', new Uint8Array(32).fill(7));

interface Company {
  readonly certificatePem: string;
  readonly privateKey: CryptoKey;
}

async function authorityAndCompany(name: string): Promise<{ authorityPem: string; company: Company }> {
  const validity = { validFrom: addDays(NOW, -1), validTo: addDays(NOW, 365) };
  const authority = await createAuthority({ commonName: `${name} authority`, ...validity, serial: '0011' });
  const keys = await createKeyPair();
  const certificatePem = await issueCertificate({
    authority: {
      certificatePem: authority.certificatePem,
      privateKey: await importPrivateKey(authority.privateKeyPem),
    },
    requestPem: await createCertificateRequest({ keys, commonName: name }),
    subject: { commonName: name, kind: 'organisation' },
    ...validity,
    serial: '0012',
  });
  return { authorityPem: authority.certificatePem, company: { certificatePem, privateKey: keys.privateKey } };
}

async function signedManifest(
  { certificatePem, privateKey }: Company,
  changes: Partial<WithdrawManifest> = {},
) {
  const manifest: WithdrawManifest = {
    v: 1,
    suite: 'SS1',
    kind: 'withdraw',
    tid: TID,
    bidderCertSha256: await certificateSha256(certificatePem),
    seq: 2,
    prev: 'cd'.repeat(32),
    clientTime: NOW,
    ...changes,
  };
  const jws = await signJson(manifest, { privateKey, certificatePem, typ: 'sunseal-manifest' });
  return { manifest, jws };
}

describe('the mailbox', () => {
  let folder: string;
  let authorityPem: string;
  let company: Company;
  let stranger: Company;
  let server: ReturnType<typeof mailboxServer>;
  let address: string;

  beforeAll(async () => {
    ({ authorityPem, company } = await authorityAndCompany('Known'));
    ({ company: stranger } = await authorityAndCompany('Stranger'));
  });

  async function start(): Promise<void> {
    const store = new FileObjectStore({ root: folder, mutablePrefixes: ['ledger/'] });
    const log = await MailboxLog.open(store, signer);
    server = mailboxServer({ log, store, authorityPem, now: () => NOW });
    address = await server.listen({ port: 0, host: '127.0.0.1' });
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sunseal-mailbox-'));
    await start();
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function post(payload: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${address}/manifests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  const readLog = () =>
    verifyLog({
      verifiers: [verifierFromKey(signer.verifierKey)],
      readFile: async (path) => {
        const answer = await fetch(`${address}/ledger/${path}`);
        if (answer.status !== 200) throw new Error(`no ${path}`);
        return new Uint8Array(await answer.arrayBuffer());
      },
    });

  it('proves with its own log that signed manifests were handed in, and when', async () => {
    const { manifest, jws } = await signedManifest(company);
    const { status, body } = await post({ manifests: [jws] });
    expect(status).toBe(200);
    const receipt = body as unknown as MailboxReceipt;
    expect(receipt.manifestSha256).toEqual([Buffer.from(manifestDigest(manifest)).toString('hex')]);
    checkReveal(receipt.reveal);
    expect(receipt.reveal.event).toMatchObject({ at: NOW, data: { tid: TID, seq: 2 } });
    verifyProofFile(utf8(receipt.entry), receipt.proof, [verifierFromKey(receipt.verifierKey)]);
    const { entries } = await readLog();
    expect(entries.map(({ entry }) => entry)).toEqual([{ v: 1, sealed: receipt.reveal.sealed }]);
  });

  it('keeps what was handed in for the supervisor, and tells the public nothing of it', async () => {
    const { jws } = await signedManifest(company);
    const { body } = await post({ manifests: [jws] });
    const { sealed } = (body as unknown as MailboxReceipt).reveal;
    expect(readFileSync(join(folder, 'received', `${sealed}.json`), 'utf8')).toContain(jws);
    const files = readdirSync(join(folder, 'ledger'), { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain(TID);
    }
  });

  it('goes on after a restart where its checkpoint is, and every receipt still holds', async () => {
    const receipts: MailboxReceipt[] = [];
    for (let seq = 1; seq <= 3; seq++) {
      const { jws } = await signedManifest(company, { seq });
      receipts.push((await post({ manifests: [jws] })).body as unknown as MailboxReceipt);
      await server.close();
      await start();
    }
    const { checkpoint, entries } = await readLog();
    expect(checkpoint.size).toBe(3);
    expect(entries.map(({ entry }) => entry)).toEqual(
      receipts.map(({ reveal }) => ({ v: 1, sealed: reveal.sealed })),
    );
  });

  it('exports what it received for a tender in the order of its log, each with a proof of its own', async () => {
    const handed: MailboxReceipt[] = [];
    for (const changes of [{ seq: 1 }, { tid: 'ef'.repeat(32) }, { seq: 2 }, { seq: 2 }]) {
      const { jws } = await signedManifest(company, changes);
      handed.push((await post({ manifests: [jws] })).body as unknown as MailboxReceipt);
    }
    const store = new FileObjectStore({ root: folder, mutablePrefixes: ['ledger/'] });
    // Kept and never entered, as after a kill between the two: nobody was told that it was received.
    const { reveal } = handed[0]!;
    const kept = JSON.stringify({ reveal: { ...reveal, sealed: '0'.repeat(64) }, manifests: [] });
    await store.put(`received/${'0'.repeat(64)}.json`, utf8(kept));
    const claims = await exportClaims(store, signer.verifierKey, TID);
    const mine = handed.filter((_, at) => at !== 1);
    expect(claims.map(({ receipt }) => receipt.reveal)).toEqual(mine.map((receipt) => receipt.reveal));
    for (const { receipt } of claims) {
      const { size, receivedAt } = verifyMailboxReceipt(receipt, signer.verifierKey);
      expect({ size, receivedAt }).toEqual({ size: 4, receivedAt: NOW });
    }
    const other = createSigner('mailbox.test', new Uint8Array(32).fill(8));
    await expect(exportClaims(store, other.verifierKey, TID)).rejects.toThrow();
    expect(JSON.parse(fromUtf8(claimsFile(TID, claims)))).toMatchObject({ v: 1, tid: TID });
  });

  it('enters hundreds that come at once, each with its own proof', async () => {
    const jws = await Promise.all(
      Array.from({ length: 300 }, async (_, n) => (await signedManifest(company, { seq: n + 1 })).jws),
    );
    const answers = await Promise.all(jws.map((one) => post({ manifests: [one] })));
    const indexes = answers.map(({ body }) => {
      const { entry, proof, verifierKey } = body as unknown as MailboxReceipt;
      return verifyProofFile(utf8(entry), proof, [verifierFromKey(verifierKey)]).index;
    });
    expect(new Set(indexes).size).toBe(300);
    expect((await readLog()).checkpoint.size).toBe(300);
  });

  it('refuses what no certified bidder signed, and what is not of one act', async () => {
    const foreign = await signedManifest(stranger);
    expect((await post({ manifests: [foreign.jws] })).body['code']).toMatch(/^certificate\./);
    const other = await signedManifest(company, { bidderCertSha256: '00'.repeat(32) });
    expect((await post({ manifests: [other.jws] })).body['code']).toBe('manifest.malformed');
    const first = await signedManifest(company);
    const second = await signedManifest(company, { seq: 3 });
    expect((await post({ manifests: [first.jws, second.jws] })).body['code']).toBe('manifest.malformed');
    const altered = first.jws.replace(/\.[^.]+\./, (payload) => `${payload.slice(0, -2)}A.`);
    expect((await post({ manifests: [altered] })).status).toBe(422);
    expect((await readLog()).checkpoint.size).toBe(0);
  });

  it.each([
    ['nothing', {}, 400],
    ['an unknown key', { manifests: ['a.b.c'], x: 1 }, 400],
    ['too many', { manifests: Array.from({ length: 5 }, () => 'a.b.c') }, 400],
    ['no signature', { manifests: ['a.b.c'] }, 422],
    ['too much', { manifests: ['x'.repeat(300_000)] }, 413],
  ])('answers %s with a problem that has a code', async (_name, payload, status) => {
    const answer = await post(payload);
    expect(answer.status).toBe(status);
    expect(answer.body['code']).toEqual(expect.stringMatching(/^[a-z]+\.[a-z-]+$/));
  });

  it('does not go on with a log that another key signed', async () => {
    const store = new FileObjectStore({ root: folder, mutablePrefixes: ['ledger/'] });
    const other = createSigner('mailbox.test', new Uint8Array(32).fill(8));
    await expect(MailboxLog.open(store, other)).rejects.toThrow();
  });
});
