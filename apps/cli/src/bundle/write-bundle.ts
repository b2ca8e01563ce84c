import {
  getAuthority,
  getDescriptor,
  getEvaluation,
  getTechnicalResult,
  getTender,
  listQuestions,
  proveEntry,
  readOpenedEnvelope,
  type Reveal,
} from '#contracts';
import { jcs, toHex } from '#kernel';
import { encodeEntry, leafHash, verifierFromKey, verifyLog, type VerifiedLog } from '#ledger';
import { nodeSha256 } from '#ledger/node';
import type { ApiClient } from '../client/api-client.js';
import { readLedger } from '../client/ledger-view.js';
import { readOpeningProofs, readOpeningRecord } from '../client/read-openings.js';
import { waitUntil } from '../client/wait-until.js';
import { BundleWriter } from './bundle-files.js';
import { bundleReadme } from './bundle-readme.js';
import { AUTHORITY, PLATFORM } from './verify-signatures.js';

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Acts of which the bundle has a receipt set each. */
const BID_ACTS = new Set(['bid-submitted', 'bid-withdrawn']);
const ENTERED_WITHIN_MS = 60_000;

/**
 * Fetches a finished tender through the public API, without an account, and writes it as a folder that can be
 * checked offline. Returns how many files it has.
 */
export async function writeBundle(api: ApiClient, tenderId: string, folder: string): Promise<number> {
  const tender = await api.call(getTender, { tenderId });
  const { tid, descriptor, platformCertificatePem } = await api.call(getDescriptor, { tenderId });
  const clarifications = (await api.call(listQuestions, { tenderId, limit: 100 })).items;
  const verifierKey = String(descriptor['ledgerKey']);
  await waitUntil('the award in the ledger', ENTERED_WITHIN_MS, () =>
    awardEntered(api, verifierKey, tenderId),
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
  await addLedger(api, bundle, verifierKey);
  return bundle.finish();
}

async function awardEntered(
  api: ApiClient,
  verifierKey: string,
  tenderId: string,
): Promise<VerifiedLog | undefined> {
  const log = await readLedger(api, verifierKey);
  const isEntered = log.entries.some(
    ({ entry }) => 'type' in entry && entry.tender === tenderId && entry.type === 'tendering.tender-awarded',
  );
  const { leftSealed } = await readOpeningRecord(api, tenderId);
  const isTold = log.entries.some(
    ({ entry }) =>
      'type' in entry && entry.tender === tenderId && entry.type === 'vault.envelopes-left-sealed',
  );
  return isEntered && (isTold || leftSealed.length === 0) ? log : undefined;
}

async function addOpenings(
  api: ApiClient,
  bundle: BundleWriter,
  tenderId: string,
  record: Awaited<ReturnType<typeof readOpeningRecord>>,
): Promise<void> {
  for (const { envelopeId, items } of record.openings) {
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

/** What the ledger of the bundle proves; who came when, shares refused and objections are read there. */
function bundledRecord({
  close,
  openings,
  bidders,
  leftSealed,
}: Awaited<ReturnType<typeof readOpeningRecord>>) {
  return {
    close,
    openings: openings.map(({ envelopeId, openedAt, trusteesPresent, quorum, items }) => ({
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

async function addEvaluation(api: ApiClient, bundle: BundleWriter, tenderId: string): Promise<void> {
  const { document, hash, boqChecks } = await api.call(getEvaluation, { tenderId });
  await bundle.add('evaluation/method.json', pretty(document.method));
  await bundle.add('evaluation/inputs.json', pretty({ bids: document.bids, panel: document.panel }));
  await bundle.add('evaluation/draws.json', pretty(document.draws));
  const { trace, ...result } = document.result;
  await bundle.add('evaluation/trace.json', pretty(trace));
  await bundle.add('evaluation/result.json', pretty({ ...result, hash }));
  await bundle.add('evaluation/boq-checks.json', pretty(boqChecks));
  await bundle.add('evaluation/technical.json', pretty(await api.call(getTechnicalResult, { tenderId })));
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
