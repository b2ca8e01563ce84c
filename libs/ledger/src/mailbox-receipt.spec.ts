import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from '#kernel';
import { LogBuilder } from '../test-support/log-builder.js';
import { commit } from './commitment.js';
import type { JsonObject } from './entry.js';
import {
  MAILBOX_EVENT,
  type MailboxReceipt,
  verifyMailboxProof,
  verifyMailboxReceipt,
} from './mailbox-receipt.js';
import { createSigner } from './note-signer.js';
import { formatProofFile } from './proof-file.js';
import { TileReader } from './tile-reader.js';

const AT = '2026-12-14T07:59:00.000Z';
const salt = new Uint8Array(32).fill(3);
const hash = (letter: string): string => letter.repeat(64);
const EVENT = {
  v: 1,
  type: MAILBOX_EVENT,
  at: AT,
  data: { tid: hash('a'), seq: 2, bidderCertSha256: hash('b'), manifestSha256: [hash('c'), hash('d')] },
};

async function receiptOf(event: JsonObject = EVENT): Promise<MailboxReceipt> {
  const log = new LogBuilder();
  const sealed = commit(event, salt);
  await log.append([{ v: 1, sealed: hash('e') }]);
  const checkpoint = await log.append([{ v: 1, sealed }]);
  const proof = await new TileReader(log.readFile, log.size).inclusionProof(1);
  return {
    receivedAt: event['at'] as string,
    manifestSha256: [hash('c'), hash('d')],
    reveal: { sealed, salt: toHex(salt), event },
    entry: `{"sealed":"${sealed}","v":1}`,
    proof: formatProofFile({ index: 1, proof, checkpoint }),
    verifierKey: log.signer.verifierKey,
  };
}

const INVALID = expect.objectContaining({ code: 'mailbox.receipt-invalid' });

describe('a mailbox’s receipt', () => {
  it('tells what the log holds, under a key that is known beforehand', async () => {
    const receipt = await receiptOf();
    expect(verifyMailboxReceipt(receipt, receipt.verifierKey)).toEqual({
      receivedAt: AT,
      ...EVENT.data,
      sealed: receipt.reveal.sealed,
      index: 1,
      size: 2,
    });
  });

  it('does not hold under another key, of the same name or another', async () => {
    const receipt = await receiptOf();
    for (const name of ['ledger.example/test', 'mailbox.example']) {
      const { verifierKey } = createSigner(name, new Uint8Array(32).fill(9));
      expect(() => verifyMailboxProof(receipt, verifierKey)).toThrow(INVALID);
      expect(() => verifyMailboxReceipt({ ...receipt, verifierKey }, verifierKey)).toThrow(INVALID);
    }
    expect(() => verifyMailboxProof(receipt, 'no key')).toThrow(INVALID);
  });

  it('does not hold with another time, other manifests, another salt or another proof', async () => {
    const receipt = await receiptOf();
    const { reveal, verifierKey } = receipt;
    const later = { ...EVENT, at: '2026-12-14T07:58:00.000Z' };
    const others = { ...EVENT, data: { ...EVENT.data, manifestSha256: [hash('f')] } };
    for (const changed of [
      { ...receipt, reveal: { ...reveal, event: later } },
      { ...receipt, reveal: { ...reveal, event: others } },
      { ...receipt, reveal: { ...reveal, salt: hash('1') } },
      { ...receipt, reveal: { sealed: commit(later, salt), salt: toHex(salt), event: later } },
      { ...receipt, proof: receipt.proof.replace('index 1', 'index 0') },
      { ...receipt, receivedAt: later.at },
      { ...receipt, manifestSha256: [hash('c')] },
      { ...receipt, entry: '{}' },
    ])
      expect(() => verifyMailboxReceipt(changed, verifierKey)).toThrow(INVALID);
  });

  it.each<[string, JsonObject]>([
    ['another kind', { ...EVENT, type: 'bid-submitted' }],
    ['a time that is none', { ...EVENT, at: '2026-02-30T00:00:00.000Z' }],
    ['no manifests', { ...EVENT, data: { ...EVENT.data, manifestSha256: [] } }],
    ['a tender that is no digest', { ...EVENT, data: { ...EVENT.data, tid: 'x' } }],
    ['a version that is a text', { ...EVENT, data: { ...EVENT.data, seq: '2' } }],
    ['no data', { ...EVENT, data: null }],
  ])('is refused where its event is of %s', async (_what, event) => {
    const receipt = await receiptOf(event);
    expect(() => verifyMailboxProof(receipt, receipt.verifierKey)).toThrow(INVALID);
  });

  it('is refused, whatever the value is', async () => {
    const { verifierKey, ...receipt } = await receiptOf();
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => verifyMailboxReceipt(value, verifierKey)).toThrow(INVALID);
        expect(() => verifyMailboxProof({ ...receipt, reveal: value }, verifierKey)).toThrow(INVALID);
        expect(() => verifyMailboxProof({ ...receipt, proof: value }, verifierKey)).toThrow(INVALID);
      }),
    );
  });
});
