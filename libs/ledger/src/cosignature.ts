import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, invariant, utf8 } from '#kernel';
import { parseCheckpoint } from './checkpoint.js';
import {
  COSIGNATURE_TYPE,
  formatVerifierKey,
  isKeyName,
  keyIdOf,
  parsePublicKey,
  type NotePublicKey,
  type NoteVerifier,
} from './note-key.js';
import { verifyEd25519 } from './note-signer.js';
import type { NoteSignature } from './signed-note.js';

const TIME_LENGTH = 8;

/** A witness: states that by a time it had seen no larger consistent tree of the log. */
export interface Cosigner {
  readonly name: string;
  readonly keyId: string;
  readonly verifier: NoteVerifier;
  /**
   * Line for a checkpoint's text. The caller has verified the log's signature and the consistency with the last
   * checkpoint it signed. Refuses with `checkpoint.malformed`.
   */
  readonly sign: (checkpointText: string, unixSeconds: number) => NoteSignature;
}

/** c2sp.org/tlog-cosignature, Ed25519: cosignature/v1, time, and the whole checkpoint text. */
const message = (text: string, unixSeconds: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${unixSeconds}\n${text}`);

/** Cosigner of a name and a 32-byte Ed25519 seed, which serves no other purpose. */
export function createCosigner(name: string, seed: Uint8Array): Cosigner {
  invariant(isKeyName(name), 'a key name holds neither space nor plus');
  invariant(seed.length === 32, 'an Ed25519 seed has 32 bytes');
  const secret = seed.slice();
  const publicKey = ed25519.getPublicKey(secret);
  const keyId = keyIdOf(name, COSIGNATURE_TYPE, publicKey);
  return {
    name,
    keyId,
    verifier: verifierOf({ name, keyId, type: COSIGNATURE_TYPE, publicKey }),
    sign: (text, unixSeconds) => {
      parseCheckpoint(text);
      invariant(Number.isSafeInteger(unixSeconds) && unixSeconds >= 0, 'a time is in whole seconds');
      const signature = ed25519.sign(message(text, unixSeconds), secret);
      return { name, keyId, signature: concatBytes(timeBytes(unixSeconds), signature) };
    },
  };
}

/** Reads `name+keyId+base64(0x04 ‖ key)`; refuses with `note.key-malformed`. */
export const cosignerVerifierFromKey = (text: string): NoteVerifier =>
  verifierOf(parsePublicKey(text, COSIGNATURE_TYPE));

function verifierOf(key: NotePublicKey): NoteVerifier {
  const { name, keyId, type, publicKey } = key;
  return {
    name,
    keyId,
    type,
    verifierKey: formatVerifierKey(key),
    verify: (text, signature) => {
      const time = timeOf(signature);
      if (time === undefined) return false;
      return verifyEd25519(signature.slice(TIME_LENGTH), message(text, time), publicKey);
    },
  };
}

/** Unix seconds at which a witness signed, or undefined for a line that is no Ed25519 cosignature. */
export function cosignedAt(line: { signature: Uint8Array; verifier: NoteVerifier }): number | undefined {
  return line.verifier.type === COSIGNATURE_TYPE ? timeOf(line.signature) : undefined;
}

function timeBytes(unixSeconds: number): Uint8Array {
  const bytes = new Uint8Array(TIME_LENGTH);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(unixSeconds));
  return bytes;
}

function timeOf(signature: Uint8Array): number | undefined {
  if (signature.length !== TIME_LENGTH + 64) return undefined;
  const view = new DataView(signature.buffer, signature.byteOffset, TIME_LENGTH);
  const seconds = view.getBigUint64(0);
  return seconds <= BigInt(Number.MAX_SAFE_INTEGER) ? parseInt(seconds.toString(), 10) : undefined;
}
