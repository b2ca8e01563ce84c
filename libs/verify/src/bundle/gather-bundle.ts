import type { Reveal } from '#contracts';
import { isDomainError, jcs } from '#kernel';
import { verifierFromKey, verifyLog } from '#ledger';
import type { TenderDescriptor } from '#sealing';
import { readOpeningProofs, readOpeningRecord } from '../answers/read-openings.js';
import { readEvaluation, readTechnicalResult } from '../answers/read-results.js';
import { witnessPolicyOf } from '../ledger/witnessed-ledger.js';
import type { PlatformReader } from '../platform-reader.js';
import type { BundleSink } from './bundle-folder.js';
import { bundleReadme } from './bundle-readme.js';
import { AUTHORITY, PLATFORM } from './verify-signatures.js';
import { CUT_OFF, cutOffAt, POLICY, WITNESSED } from './verify-witnesses.js';

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Acts of which the bundle has a receipt set each. */
const BID_ACTS = new Set(['bid-submitted', 'bid-withdrawn']);
const NOT_YET: ReadonlySet<string> = new Set(['evaluation.not-yet', 'scoring.not-locked']);

/**
 * Fetches an ended tender (see `tenderEnding`) through the public queries, without an account, as the files of a
 * bundle. Nothing is checked here that the checks of a bundle find.
 */
export async function gatherBundle(
  reader: PlatformReader,
  tenderId: string,
  bundle: BundleSink,
): Promise<void> {
  const tender = await reader.query('getTender', { tenderId });
  const { tid, descriptor, platformCertificatePem } = await reader.query('getDescriptor', { tenderId });
  const clarifications = (await reader.query('listQuestions', { tenderId, limit: 100 })).items;
  const verifierKey = String(descriptor['ledgerKey']);
  await bundle.add('README.md', bundleReadme(tender.title.en, verifierKey));
  await bundle.add('tender.json', pretty({ tid, descriptor, notice: tender, clarifications }));
  await bundle.add(AUTHORITY, (await reader.query('getAuthority', {})).certificatePem);
  await bundle.add(PLATFORM, platformCertificatePem);
  const record = await readOpeningRecord(reader, tenderId);
  await addOpenings(reader, bundle, tenderId, record);
  await addReceipts(reader, bundle, record.reveals);
  await addEvaluation(reader, bundle, tenderId);
  await addWitnesses(reader, bundle, descriptor as unknown as TenderDescriptor);
  await addLedger(reader, bundle, verifierKey);
}

async function addOpenings(
  reader: PlatformReader,
  bundle: BundleSink,
  tenderId: string,
  record: Awaited<ReturnType<typeof readOpeningRecord>>,
): Promise<void> {
  for (const { envelopeId, items } of record.openings.filter(isOpen)) {
    const { manifests, releases, shares } = await readOpeningProofs(reader, tenderId, envelopeId);
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
      await bundle.addLarge(`${name}.age`, () =>
        reader.queryFile('readOpenedEnvelope', { tenderId, envelopeId, alias }),
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

async function addReceipts(
  reader: PlatformReader,
  bundle: BundleSink,
  reveals: readonly Reveal[],
): Promise<void> {
  const bids = reveals.filter(({ event }) => BID_ACTS.has(String(event['type'])));
  for (const [i, reveal] of bids.entries()) {
    const { proof, entry } = await reader.query('proveEntry', { leafSha256: reveal.sealed });
    await bundle.add(`receipts/${i + 1}.entry`, entry);
    await bundle.add(`receipts/${i + 1}.reveal`, `${jcs(reveal)}\n`);
    await bundle.add(`receipts/${i + 1}.tlog-proof`, proof);
  }
}

/** As far as the tender came. */
async function addEvaluation(reader: PlatformReader, bundle: BundleSink, tenderId: string): Promise<void> {
  const technical = await unlessNotYet(() => readTechnicalResult(reader, tenderId));
  if (technical) await bundle.add('evaluation/technical.json', pretty(technical));
  const evaluation = await unlessNotYet(() => readEvaluation(reader, tenderId));
  if (!evaluation) return;
  const { document, hash, boqChecks } = evaluation;
  await bundle.add('evaluation/method.json', pretty(document.method));
  await bundle.add('evaluation/inputs.json', pretty({ bids: document.bids, panel: document.panel }));
  await bundle.add('evaluation/draws.json', pretty(document.draws));
  const { trace, ...result } = document.result;
  await bundle.add('evaluation/trace.json', pretty(trace));
  await bundle.add('evaluation/result.json', pretty({ ...result, hash }));
  await bundle.add('evaluation/boq-checks.json', pretty(boqChecks));
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
  reader: PlatformReader,
  bundle: BundleSink,
  descriptor: TenderDescriptor,
): Promise<void> {
  const sha256 = witnessPolicyOf(descriptor);
  if (sha256 === undefined) return;
  await bundle.add(POLICY, (await reader.query('getWitnessPolicy', { policySha256: sha256 })).policy);
  await bundle.add(WITNESSED, (await reader.query('getWitnessedCheckpoint', {})).checkpoint);
  if ((await reader.time()).factor !== 1) return;
  const { checkpoint } = await reader.query('getWitnessedCheckpoint', { since: cutOffAt(descriptor) });
  await bundle.add(CUT_OFF, checkpoint);
}

/** The checkpoint first: the tiles that it needs stay, whatever is entered meanwhile. */
async function addLedger(reader: PlatformReader, bundle: BundleSink, verifierKey: string): Promise<void> {
  const fetched = new Map<string, Uint8Array>();
  await verifyLog({
    verifiers: [verifierFromKey(verifierKey)],
    ...(reader.sha256 ? { sha256: reader.sha256 } : {}),
    readFile: async (path) => {
      const bytes = await reader.readLedgerFile(path);
      fetched.set(path, bytes);
      return bytes;
    },
  });
  await bundle.add('ledger/log.vkey', `${verifierKey}\n`);
  for (const [path, bytes] of fetched) await bundle.add(`ledger/${path}`, bytes);
}
