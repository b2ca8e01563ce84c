import { readFile } from 'node:fs/promises';
import { LedgerFault, type LedgerReport } from '#verify';
import { keepCheckpoint } from '../../ledger/kept-folder.js';
import { logSource } from '../../ledger/log-source.js';
import { type Finding, writeSignedReport } from '../../ledger/signed-report.js';
import { verifyLedgerAt } from '../../ledger/verify-ledger-at.js';
import { type LowerReport, verifyLower } from '../../ledger/verify-lower.js';
import { out } from '../command.js';

export const LEDGER_OPTIONS = {
  'ledger-key': { type: 'string' },
  keep: { type: 'string', multiple: true },
  lower: { type: 'string', multiple: true },
  receipts: { type: 'string' },
  policy: { type: 'string' },
  'entered-within': { type: 'string' },
  report: { type: 'string' },
  key: { type: 'string' },
  certificate: { type: 'string' },
} as const;

export interface LedgerValues {
  readonly 'ledger-key'?: string | undefined;
  readonly keep?: readonly string[] | undefined;
  readonly lower?: readonly string[] | undefined;
  readonly receipts?: string | undefined;
  readonly policy?: string | undefined;
  readonly 'entered-within'?: string | undefined;
  readonly report?: string | undefined;
  readonly key?: string | undefined;
  readonly certificate?: string | undefined;
}

const ENTERED_WITHIN_SECONDS = 3_600;
/** A quorum comes within a second or two of a checkpoint. */
const WAIT_FOR_QUORUM_MS = 15_000;

/** Verifies the ledger, prints and signs what was found, and keeps its checkpoint where all holds. The exit code. */
export async function verifyLedgerWith(
  place: string,
  values: LedgerValues & { readonly authority?: string | undefined; readonly json: boolean },
): Promise<number> {
  const finding = await findingOf(place, values);
  const { report, key, certificate, keep = [], json } = values;
  if (report !== undefined && key !== undefined && certificate !== undefined) {
    const identity = {
      keyPem: await readFile(key, 'utf8'),
      certificatePem: await readFile(certificate, 'utf8'),
    };
    await writeSignedReport(report, finding, identity, Date.now());
  }
  if (!finding.ok) {
    const { file, reason, code, message } = finding.fault;
    out(json ? JSON.stringify({ ok: false, file, reason, code }) : `✗ ${message} (${code})`);
    return 1;
  }
  if (keep[0] !== undefined) await keepCheckpoint(keep[0], finding.report.checkpoint, Date.now());
  out(json ? JSON.stringify({ ok: true, ...finding.report }) : textOf(finding.report));
  return 0;
}

async function findingOf(
  place: string,
  values: LedgerValues & { readonly authority?: string | undefined },
): Promise<Finding> {
  const { authority, policy, receipts, keep = [], lower = [], 'ledger-key': ledgerKey } = values;
  const seconds = Number(values['entered-within'] ?? ENTERED_WITHIN_SECONDS);
  if (!Number.isFinite(seconds) || seconds < 0) throw new Error('--entered-within is a number of seconds');
  try {
    const { report, log } = await verifyLedgerAt({
      source: logSource(place),
      ...(ledgerKey === undefined ? {} : { ledgerKey }),
      ...(policy === undefined ? {} : { policyText: await readFile(policy, 'utf8') }),
      keptFolders: keep,
      ...(receipts === undefined ? {} : { receiptsFolder: receipts }),
      ...(authority === undefined ? {} : { authorityPem: await readFile(authority, 'utf8') }),
      enteredWithinMs: seconds * 1000,
      waitForQuorumMs: WAIT_FOR_QUORUM_MS,
    });
    const checks = [...report.checks];
    for (const below of lower) {
      const enteredWithinMs = seconds * 1000;
      checks.push(lowerCheck(await verifyLower(log.entries, { source: logSource(below), enteredWithinMs })));
    }
    return { ok: true, report: { ...report, checks } };
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return { ok: false, place, fault: error };
  }
}

const lowerCheck = ({ place, origin, regionCode, size, checkpoints, heldSize }: LowerReport): string =>
  `the ledger of ${regionCode}, ${origin} at ${place}, holds by its ${size} entries, and begins with each of ${checkpoints} checkpoints of it that were entered here, up to ${heldSize} entries`;

function textOf({ checks, ledgerKey }: LedgerReport): string {
  return [
    ...checks.map((check) => `✓ ${check}`),
    ledgerKey.isGiven
      ? 'verified, against the key that you gave'
      : `verified, against the key that the ledger itself shows: ${ledgerKey.key}`,
  ].join('\n');
}
