import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#kernel';
import { createSigner } from '#ledger';
import { FileObjectStore } from '#storage';
import { exportClaims } from '../../mailbox/src/export-claims.js';
import { MailboxLog } from '../../mailbox/src/mailbox-log.js';
import { takeManifests } from '../../mailbox/src/take-manifests.js';
import type { UnreadClaim } from '../src/use-cases/intake/read-claim.js';

/** A supervisor's mailbox as the program is, with a clock that the test sets. */
export class TestMailbox {
  now: Instant = '2026-01-01T00:00:00.000Z';

  private constructor(
    private readonly folder: string,
    private readonly store: FileObjectStore,
    private readonly log: MailboxLog,
    private readonly authorityPem: string,
  ) {}

  static async open(authorityPem: string, seed = 7): Promise<TestMailbox> {
    const folder = mkdtempSync(join(tmpdir(), 'sunseal-mailbox-'));
    const store = new FileObjectStore({ root: folder, mutablePrefixes: ['ledger/'] });
    const signer = createSigner('mailbox.test', new Uint8Array(32).fill(seed));
    return new TestMailbox(folder, store, await MailboxLog.open(store, signer), authorityPem);
  }

  get key(): string {
    return this.log.verifierKey;
  }

  /** Takes manifests at the mailbox's time, and gives what its bidder could hand over. */
  async take(manifests: readonly string[]): Promise<UnreadClaim> {
    const { log, store, authorityPem } = this;
    const mailbox = { log, store, authorityPem, now: () => this.now };
    const receipt = await takeManifests(mailbox, { manifests: [...manifests] });
    return { manifests: [...manifests], receipt: JSON.stringify(receipt) };
  }

  /** What the supervisor hands over. */
  async claims(tid: string): Promise<UnreadClaim[]> {
    const claims = await exportClaims(this.store, this.key, tid);
    return claims.map(({ manifests, receipt }) => ({
      manifests: [...manifests],
      receipt: JSON.stringify(receipt),
    }));
  }

  close = (): void => rmSync(this.folder, { recursive: true });
}
