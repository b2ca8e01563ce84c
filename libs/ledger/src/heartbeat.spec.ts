import { describe, expect, it } from '@jest/globals';
import { signCheckpoint } from './checkpoint.js';
import { heartbeatText, openHeartbeat } from './heartbeat.js';
import { createSigner, signNote } from './note-signer.js';

const signer = createSigner('ledger.example/county', new Uint8Array(32).fill(1));
const other = createSigner('ledger.example/other', new Uint8Array(32).fill(2));
const checkpoint = { origin: signer.name, size: 7, root: new Uint8Array(32).fill(9) };
const at = '2026-11-24T09:00:00.000Z';
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('a heartbeat', () => {
  const text = heartbeatText({ checkpoint, at });

  it('says where the log was, and when', () => {
    expect(openHeartbeat(signNote(text, [signer]), [signer.verifier])).toEqual({ checkpoint, at });
  });

  it('is no heartbeat of the log when another signed it, or when a line was changed', () => {
    expect(codeOf(() => openHeartbeat(signNote(text, [other]), [signer.verifier]))).toBe(
      'note.signature-invalid',
    );
    expect(codeOf(() => openHeartbeat(signNote(text, [other]), [other.verifier]))).toBe(
      'checkpoint.signature-invalid',
    );
    const later = signNote(text, [signer]).replace('09:00', '09:01');
    expect(codeOf(() => openHeartbeat(later, [signer.verifier]))).toBe('note.signature-invalid');
  });

  it('is not a checkpoint, nor a checkpoint a heartbeat', () => {
    const note = signCheckpoint(checkpoint, signer);
    expect(codeOf(() => openHeartbeat(note, [signer.verifier]))).toBe('note.malformed');
    const noTime = signNote(text.replace(at, '2026-11-24'), [signer]);
    expect(codeOf(() => openHeartbeat(noTime, [signer.verifier]))).toBe('note.malformed');
  });
});
