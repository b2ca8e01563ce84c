import { ed25519 } from '@noble/curves/ed25519.js';
import { invariant, utf8 } from '#kernel';
import {
  ED25519_TYPE,
  formatPrivateKey,
  formatVerifierKey,
  isKeyName,
  keyIdOf,
  parsePrivateKey,
  parsePublicKey,
  type NotePublicKey,
  type NoteVerifier,
} from './note-key.js';
import { formatNote, type NoteSignature } from './signed-note.js';

/** One that signs notes with Ed25519 (type 0x01). Its secret is not among its enumerable members. */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: string;
  /** Public text form `name+keyId+base64(0x01 ‖ key)`. */
  readonly verifierKey: string;
  /** Checks what this signer signs. */
  readonly verifier: NoteVerifier;
  /** Secret text form `PRIVATE+KEY+name+keyId+base64(0x01 ‖ seed)`. */
  readonly signerKey: string;
  /** `text` ends with its newline. */
  sign(text: string): NoteSignature;
}

class Ed25519Signer implements NoteSigner {
  readonly name: string;
  readonly keyId: string;
  readonly verifierKey: string;
  readonly verifier: NoteVerifier;
  readonly #seed: Uint8Array;

  constructor(name: string, seed: Uint8Array) {
    this.name = name;
    this.#seed = seed.slice();
    this.verifier = createVerifier(name, ed25519.getPublicKey(this.#seed));
    this.keyId = this.verifier.keyId;
    this.verifierKey = this.verifier.verifierKey;
  }

  get signerKey(): string {
    return formatPrivateKey(this.name, this.#seed);
  }

  sign(text: string): NoteSignature {
    return { name: this.name, keyId: this.keyId, signature: ed25519.sign(utf8(text), this.#seed) };
  }
}

/** NoteSigner of a name and a 32-byte Ed25519 seed. The name is the log's origin where checkpoints are signed. */
export function createSigner(name: string, seed: Uint8Array): NoteSigner {
  invariant(isKeyName(name), 'a key name holds neither space nor plus');
  invariant(seed.length === 32, 'an Ed25519 seed has 32 bytes');
  return new Ed25519Signer(name, seed);
}

/** Reads `PRIVATE+KEY+name+keyId+base64`, as Go's sumdb/note writes it; refuses with `note.key-malformed`. */
export function signerFromKey(text: string): NoteSigner {
  const { name, seed } = parsePrivateKey(text);
  return createSigner(name, seed);
}

/** The secret text form that {@link signerFromKey} reads. */
export const signerKeyOf = (name: string, seed: Uint8Array): string => formatPrivateKey(name, seed);

/** Reads `name+keyId+base64(0x01 ‖ key)`; refuses with `note.key-malformed`. */
export const verifierFromKey = (text: string): NoteVerifier => verifierOf(parsePublicKey(text, ED25519_TYPE));

/** NoteVerifier of a name and a 32-byte Ed25519 public key. */
export function createVerifier(name: string, publicKey: Uint8Array): NoteVerifier {
  invariant(isKeyName(name) && publicKey.length === 32, 'a verifier has a name and a 32-byte key');
  return verifierOf({ name, keyId: keyIdOf(name, ED25519_TYPE, publicKey), type: ED25519_TYPE, publicKey });
}

function verifierOf(key: NotePublicKey): NoteVerifier {
  const { name, keyId, type, publicKey } = key;
  return {
    name,
    keyId,
    type,
    verifierKey: formatVerifierKey(key),
    verify: (text, signature) => verifyEd25519(signature, utf8(text), publicKey),
  };
}

/** RFC 8032 verification; false instead of an exception for keys and signatures that are none. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** The text, which ends with a newline, with one line of each signer; refuses with `note.malformed`. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  return formatNote({ text, signatures: signers.map((signer) => signer.sign(text)) });
}
