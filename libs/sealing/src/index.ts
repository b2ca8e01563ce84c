export { combineShares } from './combine.js';
export {
  checkDescriptor,
  type DescribedTrustee,
  SUITE,
  tenderDigest,
  type TenderDescriptor,
} from './descriptor.js';
export type { Proof } from './dleq.js';
export { type EnvelopePart, packEnvelope, unpackEnvelope } from './envelope-content.js';
export type { RandomBytes } from './group.js';
export {
  checkManifest,
  type Manifest,
  manifestDigest,
  requireManifestForm,
  type WithdrawManifest,
} from './manifest.js';
export { type EnvelopeToRead, openEnvelope } from './open.js';
export { type SealedEnvelope, sealEnvelope, type SealParts, withdrawManifest } from './seal.js';
export { openShare, type Share, type ShareParts, verifyShare } from './share.js';
export { sizeClass } from './size-class.js';
export { PARTS_MAX } from './table-of-contents.js';
export {
  createTrusteeKey,
  type TrusteeKey,
  trusteeStatement,
  type TrusteeStatement,
  verifyTrusteeStatement,
} from './trustee.js';
