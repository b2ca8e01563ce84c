import {
  getAuthority,
  getDescriptor,
  getTender,
  getRobustness,
  getWitnessedCheckpoint,
  getWitnessPolicy,
  listQuestions,
  proveEntry,
  readOpenedEnvelope,
  type Reveal,
} from '#contracts';
import { isBefore, isDomainError, jcs, toHex } from '#kernel';
import { encodeEntry, leafHash, type OpenEntry, verifierFromKey, verifyLog } from '#ledger';
import { nodeSha256 } from '#ledger/node';
import type { TenderDescriptor } from '#sealing';
import type { ApiClient } from '../client/api-client.js';
import { readLedger } from '../client/ledger-view.js';
import { readOpeningProofs, readOpeningRecord } from '../client/read-openings.js';
import { readEvaluation, readTechnicalResult } from '../client/read-results.js';
import { readTime } from '../client/read-time.js';
import { witnessPolicyOf } from '../client/witnessed-ledger.js';
import { waitUntil } from '../client/wait-until.js';
import { type BundleEnding, endedBy, hasEntry } from './bundle-ending.js';
import { BundleWriter } from './bundle-files.js';
import { bundleReadme } from './bundle-readme.js';
import { AUTHORITY, PLATFORM } from './verify-signatures.js';
import { CUT_OFF, cutOffAt, POLICY, WITNESSED } from './verify-witnesses.js';

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Acts of which the bundle has a receipt set each. */
const BID_ACTS = new Set(['bid-submitted', 'bid-withdrawn']);
const ENTERED_WITHIN_MS = 60_000;
const NOT_YET: ReadonlySet<string> = new Set(['evaluation.not-yet', 'scoring.not-locked', 'report.not-yet']);
const REPORT_MS_MAX = 60_000;

/**
 * Fetches a finished tender through the public API, without an account, and writes it as a folder that can be
 * checked offline. Returns how many files it has.
 */
export async function writeBundle(api: ApiClient, tenderId: string, folder: string): Promise<number> {
  const tender = await api.call(getTender, { tenderId });
  const { tid, descriptor, platformCertificatePem } = await api.call(getDescriptor, { tenderId });
  const clarifications = (await api.call(listQuestions, { tenderId, limit: 100 })).items;
  const verifierKey = String(descriptor['ledgerKey']);
  await waitUntil('the end of the tender in the ledger', ENTERED_WITHIN_MS, () =>
    endEntered(api, verifierKey, tenderId),
  );

  const bundle = new BundleWriter(folder);
  await bundle.begin();
  await bundle.add('README.md', bundleReadme(tender.title.en, verifierKey));
  await bundle.add('tender.json', pretty({ tid, descriptor, notice: tender, clarifications }));
  await bundle.add(AUTHORITY, (await api.call(getAuthority, {})).certificatePem);
  await bundle.add(PLATFORM, platformCertificatePem);
  const record = await readOpeningRecord(api, tenderId);
  await addOpenings(api, bundle, tenderId, record);
  await addReceipts(api, bundle, record.reveals);
  await addEvaluation(api, bundle, tenderId);
  await addWitnesses(api, bundle, descriptor as unknown as TenderDescriptor);
  await addLedger(api, bundle, verifierKey);
  return bundle.finish();
}

/** How the tender ended, once the ledger has all that follows from it. */
async function endEntered(
  api: ApiClient,
  verifierKey: string,
  tenderId: string,
): Promise<BundleEnding | undefined> {
  const log = await readLedger(api, verifierKey);
  const own = log.entries
    .map(({ entry }) => entry)
    .filter((entry): entry is OpenEntry => 'type' in entry && entry.tender === tenderId);
  const ended = endedBy(own);
  if (!ended) return undefined;
  if (ended.ending !== 'awarded') return (await isShown(api, own)) ? ended.ending : undefined;
  const { leftSealed } = await readOpeningRecord(api, tenderId);
  const isTold = hasEntry(own, 'vault.envelopes-left-sealed');
  return isTold || leftSealed.length === 0 ? ended.ending : undefined;
}

/** Of a tender without an award there is a bundle once its acts are shown. Throws while that is still to come. */
async function isShown(api: ApiClient, own: readonly OpenEntry[]): Promise<boolean> {
  if (hasEntry(own, 'vault.reveal-completed')) return true;
  const planned = own.find(({ type }) => type === 'vault.reveal-planned')?.data['revealAt'];
  if (typeof planned === 'string' && isBefore((await readTime(api)).now, planned)) {
    throw new Error(`Who took part is shown on ${planned}; the bundle is written then.`);
  }
  return false;
}

async function addOpenings(
  api: ApiClient,
  bundle: BundleWriter,
  tenderId: string,
  record: Awaited<ReturnType<typeof readOpeningRecord>>,
): Promise<void> {
  for (const { envelopeId, items } of record.openings.filter(isOpen)) {
    const { manifests, releases, shares } = await readOpeningProofs(api, tenderId, envelopeId);
    await bundle.add(`opening/${envelopeId}.shares.json`, pretty(shares));
    for (const { alias, manifest } of manifests) {
      await bundle.add(`opening/${alias}.${envelopeId}.manifest`, `${manifest}\n`);
    }
    for (const { alias, release } of releases) {
      await bundle.add(`opening/${alias}.${envelopeId}.release`, `${release}\n`);
    }
    for (const { alias, identity, bidderIdentity, code } of items) {
      // What its bidder did not release a key for was never opened, and is not shown.
      if (code === 'bidder-key.not-released') continue;
      const name = `opening/${alias}.${envelopeId}`;
      if (bidderIdentity !== undefined) await bundle.add(`${name}.bidder-identity`, `${bidderIdentity}\n`);
      await bundle.add(
        `${name}.age`,
        await api.download(readOpenedEnvelope, { tenderId, envelopeId, alias }),
      );
      await bundle.add(`${name}.identity`, `${identity}\n`);
    }
  }
  await bundle.add('opening/record.json', pretty(bundledRecord(record)));
}

const isOpen = ({ openedAt }: { readonly openedAt: string | null }): boolean => openedAt !== null;

/** What the ledger of the bundle proves; who came when, shares refused and objections are read there. */
function bundledRecord({
  close,
  openings,
  bidders,
  leftSealed,
}: Awaited<ReturnType<typeof readOpeningRecord>>) {
  return {
    close,
    openings: openings.filter(isOpen).map(({ envelopeId, openedAt, trusteesPresent, quorum, items }) => ({
      envelopeId,
      openedAt,
      trusteesPresent,
      quorum,
      items,
    })),
    bidders,
    leftSealed,
  };
}

async function addReceipts(api: ApiClient, bundle: BundleWriter, reveals: readonly Reveal[]): Promise<void> {
  const bids = reveals.filter(({ event }) => BID_ACTS.has(String(event['type'])));
  for (const [i, reveal] of bids.entries()) {
    const entry = encodeEntry({ v: 1, sealed: reveal.sealed });
    const { proof } = await api.call(proveEntry, { leafSha256: toHex(leafHash(entry)) });
    await bundle.add(`receipts/${i + 1}.entry`, entry);
    await bundle.add(`receipts/${i + 1}.reveal`, `${jcs(reveal)}\n`);
    await bundle.add(`receipts/${i + 1}.tlog-proof`, proof);
  }
}

/** As far as the tender came. */
async function addEvaluation(api: ApiClient, bundle: BundleWriter, tenderId: string): Promise<void> {
  const technical = await unlessNotYet(() => readTechnicalResult(api, tenderId));
  if (technical) await bundle.add('evaluation/technical.json', pretty(technical));
  const evaluation = await unlessNotYet(() => readEvaluation(api, tenderId));
  if (!evaluation) return;
  const { document, hash, boqChecks } = evaluation;
  await bundle.add('evaluation/method.json', pretty(document.method));
  await bundle.add('evaluation/inputs.json', pretty({ bids: document.bids, panel: document.panel }));
  await bundle.add('evaluation/draws.json', pretty(document.draws));
  const { trace, ...result } = document.result;
  await bundle.add('evaluation/trace.json', pretty(trace));
  await bundle.add('evaluation/result.json', pretty({ ...result, hash }));
  await bundle.add('evaluation/boq-checks.json', pretty(boqChecks));
  // It is made right after the ranking.
  const robustness = await waitUntil('the report on the ranking', REPORT_MS_MAX, () =>
    unlessNotYet(() => api.call(getRobustness, { tenderId })),
  );
  const { winner, variations, sensitive } = robustness;
  await bundle.add('evaluation/robustness.json', pretty({ winner, variations, sensitive }));
}

async function unlessNotYet<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isDomainError(error) && NOT_YET.has(error.code)) return undefined;
    throw error;
  }
}

/** Before the ledger is read: it must reach as far as what its witnesses cosigned. */
async function addWitnesses(
  api: ApiClient,
  bundle: BundleWriter,
  descriptor: TenderDescriptor,
): Promise<void> {
  const sha256 = witnessPolicyOf(descriptor);
  if (sha256 === undefined) return;
  await bundle.add(POLICY, (await api.call(getWitnessPolicy, { policySha256: sha256 })).policy);
  await bundle.add(WITNESSED, (await api.call(getWitnessedCheckpoint, {})).checkpoint);
  if ((await readTime(api)).factor !== 1) return;
  const { checkpoint } = await api.call(getWitnessedCheckpoint, { since: cutOffAt(descriptor) });
  await bundle.add(CUT_OFF, checkpoint);
}

/** The checkpoint first: the tiles that it needs stay, whatever is entered meanwhile. */
async function addLedger(api: ApiClient, bundle: BundleWriter, verifierKey: string): Promise<void> {
  const fetched = new Map<string, Uint8Array>();
  await verifyLog({
    verifiers: [verifierFromKey(verifierKey)],
    sha256: nodeSha256,
    readFile: async (path) => {
      const bytes = await api.get(`/ledger/${path}`);
      fetched.set(path, bytes);
      return bytes;
    },
  });
  await bundle.add('ledger/log.vkey', `${verifierKey}\n`);
  for (const [path, bytes] of fetched) await bundle.add(`ledger/${path}`, bytes);
}
