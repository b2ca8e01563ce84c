import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBefore, jcs } from '#kernel';
import { getDescriptor } from '#contracts';
import { checkReveal, isSealedEntry, type JsonObject } from '#ledger';
import { verifyJson } from '#pki';
import { ApiClient } from '../../../apps/cli/src/client/api-client.js';
import type { Receipt } from '../../../apps/cli/src/client/bidder.js';
import { readLedger } from '#verify';
import { waitUntil } from '../../../apps/cli/src/client/wait-until.js';
import type { TestPlatform } from '../platform.js';
import { digestsOf } from './sent-bid.js';

/** What the oracle found; all but the first are to be zero. */
export interface Verdict {
  /** Acts whose receipts a client holds. */
  readonly acknowledged: number;
  /** Receipts that cannot be proved. */
  readonly lost: number;
  /** Stored acts that no client sent. */
  readonly phantom: number;
  /** Acts accepted at or after the deadline. */
  readonly late: number;
  /** Acts stored twice, entered twice, or acknowledged with two receipts. */
  readonly double: number;
}

interface StoredAct {
  readonly digests: string;
  readonly sealed: string;
  readonly receivedAt: string;
  readonly deadlineAt: string;
}

const ENTERED_WITHIN_MS = 120_000;

/** Stands outside the platform: knows what was sent, and keeps every receipt that came back. */
export class Oracle {
  private readonly sent = new Set<string>();
  private readonly receipts = new Map<string, Receipt>();
  private otherReceipts = 0;

  /** To be told before anything leaves. */
  sends(manifests: readonly string[]): void {
    this.sent.add(nameOf(manifests));
  }

  /** To be told of every receipt, also of one that came again. */
  acknowledges(manifests: readonly string[], receipt: Receipt): void {
    const first = this.receipts.get(nameOf(manifests));
    if (!first) this.receipts.set(nameOf(manifests), receipt);
    else if (jcs(first) !== jcs(receipt)) this.otherReceipts += 1;
  }

  get acknowledged(): number {
    return this.receipts.size;
  }

  /** Compares the platform with what clients hold, in these tenders, once the ledger has had time to take it in. */
  async judge(platform: TestPlatform, tenderIds: readonly string[]): Promise<Verdict> {
    const stored = await storedActs(platform, tenderIds);
    const entered = await this.enteredActs(platform, tenderIds[0]!);
    const authorityPem = readFileSync(join(platform.dataDir, 'keys', 'authority.pem'), 'utf8');
    const bySealed = new Map(stored.map((act) => [act.sealed, act]));
    let lost = 0;
    for (const [digests, receipt] of this.receipts) {
      const isStored = bySealed.get(receipt.reveal.sealed)?.digests === digests;
      const isProved = await isProvable(receipt, digests, authorityPem);
      if (!isStored || !isProved || !entered.has(receipt.reveal.sealed)) lost += 1;
    }
    const names = stored.map(({ digests }) => digests);
    const enteredTwice = [...this.receipts.values()].filter(
      ({ reveal }) => (entered.get(reveal.sealed) ?? 0) > 1,
    );
    return {
      acknowledged: this.receipts.size,
      lost,
      phantom: names.filter((name) => !this.sent.has(name)).length,
      late: stored.filter(({ receivedAt, deadlineAt }) => !isBefore(receivedAt, deadlineAt)).length,
      double: names.length - new Set(names).size + this.otherReceipts + enteredTwice.length,
    };
  }

  /** How often each commitment stands in the verified ledger, waiting for those that receipts name. */
  private async enteredActs(platform: TestPlatform, tenderId: string): Promise<Map<string, number>> {
    const api = new ApiClient({ address: platform.current().address, patienceMs: ENTERED_WITHIN_MS });
    const ledgerKey = await ledgerKeyOf(api, tenderId);
    const until = performance.now() + ENTERED_WITHIN_MS;
    return waitUntil('the ledger to have all that receipts name', 2 * ENTERED_WITHIN_MS, async () => {
      const { entries } = await readLedger(api, ledgerKey);
      const counts = new Map<string, number>();
      for (const { entry } of entries) {
        if (isSealedEntry(entry)) counts.set(entry.sealed, (counts.get(entry.sealed) ?? 0) + 1);
      }
      const isWhole = [...this.receipts.values()].every(({ reveal }) => counts.has(reveal.sealed));
      return isWhole || performance.now() > until ? counts : undefined;
    });
  }
}

const nameOf = (manifests: readonly string[]): string => digestsOf(manifests).join(' ');

async function ledgerKeyOf(api: ApiClient, tenderId: string): Promise<string> {
  const { descriptor } = await api.call(getDescriptor, { tenderId });
  return String(descriptor['ledgerKey']);
}

async function storedActs(platform: TestPlatform, tenderIds: readonly string[]): Promise<StoredAct[]> {
  return platform.query<StoredAct & { deadlineAt: string }>(
    `SELECT (SELECT string_agg(manifest->>'sha256', ' ' ORDER BY at)
               FROM jsonb_array_elements(act.document->'manifests') WITH ORDINALITY AS list (manifest, at)) AS digests,
            act.document->'reveal'->>'sealed' AS sealed, act.document->>'receivedAt' AS "receivedAt",
            tender.document->'descriptor'->>'deadlineAt' AS "deadlineAt"
       FROM vault.bid_act AS act JOIN vault.sealed_tender AS tender USING (tender_id)
      WHERE tender_id = ANY ($1::uuid[])`,
    [tenderIds],
  );
}

/** Whether the receipt proves the act by itself: the platform's signature under it, and what opens its entry. */
async function isProvable(receipt: Receipt, digests: string, authorityPem: string): Promise<boolean> {
  const { promise, reveal, receivedAt } = receipt;
  try {
    checkReveal({ ...reveal, event: reveal.event as JsonObject });
    const at = receivedAt;
    const { payload } = await verifyJson(promise, { authorityPem, at, typ: 'sunseal-promise' });
    const { manifestSha256, sealed } = payload as { manifestSha256: string[]; sealed: string };
    return sealed === reveal.sealed && manifestSha256.join(' ') === digests;
  } catch (error) {
    process.stderr.write(`a receipt proves nothing: ${String(error)}\n`);
    return false;
  }
}

/** `0/0/0/0 over N acknowledged` in one line, for the log of a test. */
export const figureOf = ({ acknowledged, lost, phantom, late, double }: Verdict): string =>
  `lost ${lost}, phantom ${phantom}, late ${late}, double ${double} over ${acknowledged} acknowledged`;
