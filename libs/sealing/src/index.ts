export type { AgeEngine, RunningHash, StartHash } from './age-engine.js';
export { bidderKeyRelease, type BidderKeyRelease, checkBidderKeyRelease } from './bidder-key.js';
export { combineShares } from './combine.js';
export {
  asksBidderKey,
  checkDescriptor,
  type DescribedTrustee,
  SUITE,
  tenderDigest,
  type TenderDescriptor,
} from './descriptor.js';
export type { Proof } from './dleq.js';
export { drawSeed, type PublishedIdentity } from './draw-seed.js';
export { type EnvelopePart, packEnvelope, unpackEnvelope } from './envelope-content.js';
export {
  FINAL_BIDS_PART_MAX,
  type FinalBidsPart,
  finalBidsParts,
  type FinalBidsRecord,
  finalBidsSha256,
  joinFinalBids,
} from './final-bids.js';
export type { RandomBytes } from './group.js';
export {
  checkManifest,
  type Manifest,
  manifestDigest,
  requireManifestForm,
  type WithdrawManifest,
} from './manifest.js';
export { type EnvelopeToRead, openEnvelope } from './open.js';
export { openStream, requireUnaltered, type StreamToOpen } from './open-stream.js';
export { type PartStream, readEnvelope } from './read-envelope.js';
export {
  type SealedEnvelope,
  type SealedStream,
  sealEnvelope,
  type SealParts,
  sealStream,
  type StreamToSeal,
  withdrawManifest,
} from './seal.js';
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
export { typageEngine } from './typage-engine.js';
export type { ExpectedFile } from './watched-file.js';
export { ENVELOPE_BYTES_MAX, type PartSource, writeEnvelope } from './write-envelope.js';
