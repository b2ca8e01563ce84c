import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, fromBase64, invariant, toBase64, toHex, utf8 } from '#kernel';
import { defaultSha256 } from './hashing.js';
import { refusal } from './refusal.js';

/** Signature types of c2sp.org/signed-note that are known here. */
export const ED25519_TYPE = 0x01;
export const COSIGNATURE_TYPE = 0x04;
export type NoteKeyType = typeof ED25519_TYPE | typeof COSIGNATURE_TYPE;

/** One that can check the signature lines of one key. */
export interface NoteVerifier {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), as eight hex digits. */
  readonly keyId: string;
  readonly type: NoteKeyType;
  /** Text form `name+keyId+base64(type ‖ public key)`. */
  readonly verifierKey: string;
  /** `text` is the note's text with its last newline; `signature` what follows the key id. */
  readonly verify: (text: string, signature: Uint8Array) => boolean;
}

export interface NotePublicKey {
  readonly name: string;
  readonly keyId: string;
  readonly type: NoteKeyType;
  readonly publicKey: Uint8Array;
}

/** A key name is non-empty and holds no Unicode space, plus sign or control character. */
const NAME = /^[^\s+\p{Cc}\p{Cs}]+$/u;
export const isKeyName = (name: string): boolean => NAME.test(name);

export function keyIdOf(name: string, type: NoteKeyType, publicKey: Uint8Array): string {
  const input = concatBytes(utf8(name), Uint8Array.of(0x0a, type), publicKey);
  return toHex(defaultSha256(input).slice(0, 4));
}

export function formatVerifierKey({ name, keyId, type, publicKey }: NotePublicKey): string {
  return `${name}+${keyId}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`;
}

const malformed = (message: string) => refusal('note.key-malformed', message);

/** Reads `name+keyId+base64(type ‖ key)` of the expected type; refuses others with `note.key-malformed`. */
export function parsePublicKey(text: string, type: NoteKeyType): NotePublicKey {
  const { name, keyId, key } = splitKey(text, type);
  if (keyId !== keyIdOf(name, type, key)) throw malformed('key id does not belong to the key');
  return { name, keyId, type, publicKey: key };
}

const PRIVATE = 'PRIVATE+KEY+';

/** Reads Go's `PRIVATE+KEY+name+keyId+base64(0x01 ‖ seed)`; refuses others with `note.key-malformed`. */
export function parsePrivateKey(text: string): { name: string; seed: Uint8Array } {
  if (!text.startsWith(PRIVATE)) throw malformed('a signer key begins with PRIVATE+KEY+');
  const { name, keyId, key } = splitKey(text.slice(PRIVATE.length), ED25519_TYPE);
  if (keyId !== keyIdOf(name, ED25519_TYPE, ed25519.getPublicKey(key))) {
    throw malformed('key id does not belong to the key');
  }
  return { name, seed: key };
}

export function formatPrivateKey(name: string, seed: Uint8Array): string {
  invariant(isKeyName(name) && seed.length === 32, 'a signer has a name and a 32-byte seed');
  const keyId = keyIdOf(name, ED25519_TYPE, ed25519.getPublicKey(seed));
  return `${PRIVATE}${name}+${keyId}+${toBase64(concatBytes(Uint8Array.of(ED25519_TYPE), seed))}`;
}

function splitKey(text: string, type: NoteKeyType): { name: string; keyId: string; key: Uint8Array } {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (!match || !isKeyName(match[1]!)) throw malformed('a key is name+id+base64');
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(match[3]!);
  } catch {
    throw malformed('key is not canonical base64');
  }
  if (bytes[0] !== type) throw malformed(`key is not of type 0x0${type}`);
  if (bytes.length !== 33) throw malformed('an Ed25519 key has 32 bytes');
  return { name: match[1]!, keyId: match[2]!, key: bytes.slice(1) };
}
