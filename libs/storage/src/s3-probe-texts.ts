import type { ProbeText } from './probe-finding.js';

const OTHER_SERVER = 'do not keep sealed bids here: choose another server, or a newer release of this one';

/** What is tried on an S3 server, what it is good for, and what to do where it does not hold. */
export const S3_PROBES = {
  versioning: {
    probe: 'versioning-on',
    meaning: 'an object that is overwritten or deleted can still be read',
    remedy: 'switch versioning on for the bucket',
  },
  objectLock: {
    probe: 'object-lock-on',
    meaning: 'the bucket takes retention at all',
    remedy: 'make another bucket with Object Lock; most servers cannot add it later',
  },
  defaultRetention: {
    probe: 'no-retention-by-default',
    meaning:
      'only bids are locked: not the ledger’s checkpoint, which changes every second, and no refused upload',
    remedy: 'remove the default retention of the bucket; this program sets that of each object',
  },
  wrongSecret: {
    probe: 'wrong-secret-refused',
    meaning: 'only who holds the secret key reads and writes',
    remedy: OTHER_SERVER,
  },
  unsigned: {
    probe: 'unsigned-refused',
    meaning: 'strangers neither read, list nor write',
    remedy: 'remove the bucket policy and the access lists that let everyone in',
  },
  checksum: {
    probe: 'wrong-checksum-refused',
    meaning: 'bytes that were changed on their way are not stored',
    remedy: OTHER_SERVER,
  },
  listing: {
    probe: 'listing-complete',
    meaning: 'what was just stored is listed, all of it and in order, over several pages',
    remedy: OTHER_SERVER,
  },
  conditional: {
    probe: 'conditional-write',
    meaning:
      'the server itself refuses a second object of a name; without it, this program finds the first and removes the others',
    remedy: 'nothing to do; a newer release may have it',
  },
  accepted: {
    probe: 'retention-accepted',
    meaning: 'a version can be locked in COMPLIANCE mode',
    remedy:
      'give the access key the right to set retention (s3:PutObjectRetention), or choose another server',
  },
  deletion: {
    probe: 'locked-not-deletable',
    meaning: 'nobody deletes a bid before its time, the owner of the store included',
    remedy: OTHER_SERVER,
  },
  bypass: {
    probe: 'locked-not-deletable-by-bypass',
    meaning: 'the right to bypass GOVERNANCE does not open COMPLIANCE',
    remedy: OTHER_SERVER,
  },
  shortening: {
    probe: 'retention-not-shortened',
    meaning: 'a lock cannot be brought forward or weakened, not even by the owner',
    remedy: OTHER_SERVER,
  },
  extension: {
    probe: 'retention-extendable',
    meaning: 'a bid can be kept for longer when its archive date moves',
    remedy: OTHER_SERVER,
  },
  overwriting: {
    probe: 'locked-outlives-overwriting',
    meaning: 'a locked version can be read after others were laid over it or its name was deleted',
    remedy: OTHER_SERVER,
  },
} as const satisfies Record<string, ProbeText>;
