import { writeFile } from 'node:fs/promises';
import { instantFromMs } from '#kernel';
import { importPrivateKey, signJson } from '#pki';
import type { LedgerFault, LedgerReport } from '#verify';

export const REPORT_TYP = 'sunseal-ledger-report';

export interface VerifierIdentity {
  /** ECDSA P-256, PKCS#8 PEM. */
  readonly keyPem: string;
  readonly certificatePem: string;
}

/** What was found, whatever it was: a fault is signed too. */
export type Finding =
  | { readonly ok: true; readonly report: LedgerReport }
  | { readonly ok: false; readonly place: string; readonly fault: LedgerFault };

/**
 * Writes what was found as JSON `{report, jws}`: the report for people and programs, and the same as a JWS of type
 * `sunseal-ledger-report` by the verifier's key, whose certificate it carries. Throws as `signJson`.
 */
export async function writeSignedReport(
  file: string,
  finding: Finding,
  { keyPem, certificatePem }: VerifierIdentity,
  nowMs: number,
): Promise<void> {
  const report = { v: 1, verifiedAt: instantFromMs(nowMs), ...contentOf(finding) };
  const privateKey = await importPrivateKey(keyPem);
  const jws = await signJson(report, { privateKey, certificatePem, typ: REPORT_TYP });
  await writeFile(file, `${JSON.stringify({ report, jws }, null, 2)}\n`);
}

function contentOf(finding: Finding): object {
  if (finding.ok) return { ok: true, ...finding.report };
  const { file, reason, code } = finding.fault;
  return { ok: false, place: finding.place, fault: { file, reason, code } };
}
