export {
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  type Checkpoint,
  type OpenedCheckpoint,
} from './checkpoint.js';
export * from './collect-reveals.js';
export * from './commitment.js';
export * from './completeness.js';
export * from './conflicting-acts.js';
export * from './cosignature.js';
export {
  decodeEntry,
  encodeEntry,
  isSealedEntry,
  type Entry,
  type JsonObject,
  type OpenEntry,
  type SealedEntry,
} from './entry.js';
export * from './frontier.js';
export { defaultSha256, emptyRoot, HASH_LENGTH, leafHash, nodeHash, type Sha256 } from './hashing.js';
export * from './heartbeat.js';
export { KEY_ROTATED, KeyHistory, rotationData, rotationText } from './key-rotation.js';
export { verifiersFor } from './log-keys.js';
export * from './lower-checkpoint.js';
export * from './mailbox-receipt.js';
export * from './merkle-tree.js';
export {
  COSIGNATURE_TYPE,
  ED25519_TYPE,
  isKeyName,
  type NoteKeyType,
  type NoteVerifier,
} from './note-key.js';
export {
  createSigner,
  createVerifier,
  signerFromKey,
  signerKeyOf,
  signNote,
  verifierFromKey,
  type NoteSigner,
} from './note-signer.js';
export * from './parse-witness-policy.js';
export * from './proof-file.js';
export * from './signed-note.js';
export * from './tile-bytes.js';
export * from './tile-reader.js';
export * from './tile-writer.js';
export * from './tile.js';
export * from './unproved-numbers.js';
export * from './verify-consistency.js';
export * from './verify-inclusion.js';
export type { VerifiedEntry } from './verified-entry.js';
export * from './verify-log.js';
export * from './witness-answer.js';
export * from './witness-decision.js';
export * from './witness-policy.js';
export * from './witness-request.js';
export * from './witnessed-checkpoint.js';
