import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { DomainError, type Instant, jcs, toHex, utf8 } from '#kernel';
import { jws } from '#contracts';
import { commit, encodeEntry, MAILBOX_EVENT, type MailboxReceipt, type Reveal } from '#ledger';
import { type CertificateInfo, verifyJson } from '#pki';
import { type Manifest, manifestDigest, type WithdrawManifest } from '#sealing';
import type { ObjectStore } from '#storage';
import type { MailboxLog } from './mailbox-log.js';

/** A bidder hands in the manifests of one act: one for each envelope, or one withdrawal. */
export const mailboxRequest = z.strictObject({ manifests: z.array(jws).min(1).max(4) });

/** Where what was handed in is kept, by the commitment in the log. */
export const RECEIVED_PREFIX = 'received/';

export interface Mailbox {
  readonly log: MailboxLog;
  readonly store: ObjectStore;
  readonly authorityPem: string;
  readonly now: () => Instant;
}

interface Read {
  readonly manifest: Manifest | WithdrawManifest;
  readonly certificate: CertificateInfo;
}

/**
 * Keeps manifests that a certified bidder signed, and enters them in the mailbox's own log as a commitment: the public
 * log tells neither who nor what. The same manifests again are entered again; nothing is refused for being late, since
 * lateness is what the entry will prove.
 */
export async function takeManifests(
  { log, store, authorityPem, now }: Mailbox,
  { manifests }: z.infer<typeof mailboxRequest>,
): Promise<MailboxReceipt> {
  const receivedAt = now();
  const read: Read[] = [];
  for (const one of manifests) {
    const { payload, certificate } = await verifyJson(one, {
      authorityPem,
      at: receivedAt,
      typ: 'sunseal-manifest',
    });
    read.push({ manifest: payload as Manifest | WithdrawManifest, certificate });
  }
  const [first] = read as [Read];
  const isOneAct = read.every(
    ({ manifest, certificate }) =>
      certificate.sha256 === first.certificate.sha256 &&
      manifest.bidderCertSha256 === certificate.sha256 &&
      manifest.tid === first.manifest.tid &&
      manifest.seq === first.manifest.seq,
  );
  if (!isOneAct) throw new DomainError('manifest.malformed', 'These are not the manifests of one act.');
  const manifestSha256 = read.map(({ manifest }) => toHex(manifestDigest(manifest)));
  const { tid, seq, bidderCertSha256 } = first.manifest;
  const event = {
    v: 1,
    type: MAILBOX_EVENT,
    at: receivedAt,
    data: { tid, seq, bidderCertSha256, manifestSha256 },
  };
  const salt = randomBytes(32);
  const reveal: Reveal = { sealed: commit(event, salt), salt: toHex(salt), event };
  await keep(store, reveal, manifests);
  const entry = encodeEntry({ v: 1, sealed: reveal.sealed });
  const proof = await log.append(entry);
  const { verifierKey } = log;
  return { receivedAt, manifestSha256, reveal, entry: new TextDecoder().decode(entry), proof, verifierKey };
}

/** What the supervisor compares with the platform's ledger once bids are revealed. */
async function keep(store: ObjectStore, reveal: Reveal, manifests: readonly string[]): Promise<void> {
  const bytes = utf8(jcs({ reveal: { ...reveal }, manifests: [...manifests] }));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await store.put(`${RECEIVED_PREFIX}${reveal.sealed}.json`, bytes, {
    expect: { sha256, size: bytes.length },
  });
}
