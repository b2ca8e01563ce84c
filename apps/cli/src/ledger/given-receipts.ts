import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromUtf8 } from '#kernel';
import { type NoteVerifier, parseProofFile, verifyProofFile } from '#ledger';
import { readReceiptFile } from '#pki';
import { asFault, type GivenReceipt, LedgerFault, ReceiptFault, verifyReceiptFile } from '#verify';

export interface ReceiptAnchors {
  readonly verifiers: readonly NoteVerifier[];
  readonly ledgerKeys: readonly string[];
  readonly authorityPem?: string;
}

/**
 * Every receipt of a folder, each checked by itself: receipt files (`*.zip`), and pairs `<name>.entry` and
 * `<name>.tlog-proof` as in a bundle. Throws a LedgerFault that names the first that does not hold, also where a file
 * of a pair is missing or there is no receipt at all.
 */
export async function readGivenReceipts(folder: string, anchors: ReceiptAnchors): Promise<GivenReceipt[]> {
  const names = (await readdir(folder)).sort();
  const receipts: GivenReceipt[] = [];
  for (const name of names) {
    const file = join(folder, name);
    if (name.endsWith('.zip')) receipts.push(await receiptOf(file, anchors));
    if (name.endsWith('.entry')) receipts.push(await pairOf(file.slice(0, -'.entry'.length), anchors));
    if (name.endsWith('.tlog-proof') && !names.includes(name.replace(/tlog-proof$/, 'entry'))) {
      throw new LedgerFault(file, 'its entry is missing', 'proof.malformed');
    }
  }
  if (receipts.length === 0) throw new LedgerFault(folder, 'holds no receipt', 'proof.malformed');
  return receipts;
}

async function receiptOf(
  file: string,
  { authorityPem, ledgerKeys, verifiers }: ReceiptAnchors,
): Promise<GivenReceipt> {
  const bytes = new Uint8Array(await readFile(file));
  const { entry, proof, ledgerKey } = await asFault(file, () => readReceiptFile(bytes));
  try {
    const trust = authorityPem === undefined ? {} : { authorityPem };
    await verifyReceiptFile(bytes, trust);
  } catch (error) {
    if (!(error instanceof ReceiptFault)) throw error;
    throw new LedgerFault(file, error.message, error.code ?? 'proof.invalid');
  }
  if (!ledgerKeys.includes(ledgerKey)) {
    throw new LedgerFault(file, 'it is of a ledger with another key', 'checkpoint.signature-invalid');
  }
  return proven(file, entry, proof, verifiers);
}

async function pairOf(base: string, { verifiers }: ReceiptAnchors): Promise<GivenReceipt> {
  const file = `${base}.tlog-proof`;
  const proof = await readFile(file).catch(() => {
    throw new LedgerFault(file, 'is missing', 'proof.malformed');
  });
  const entry = new Uint8Array(await readFile(`${base}.entry`));
  return proven(file, entry, await asFault(file, () => fromUtf8(proof)), verifiers);
}

async function proven(
  file: string,
  entry: Uint8Array,
  proof: string,
  verifiers: readonly NoteVerifier[],
): Promise<GivenReceipt> {
  const { index } = await asFault(file, () => verifyProofFile(entry, proof, verifiers));
  return { file, index, entry, checkpoint: parseProofFile(proof).checkpoint };
}
