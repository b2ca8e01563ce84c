import type { ErrorEntry, ErrorTable } from './error-table.js';

const wrong = (title: string): ErrorEntry => ({ status: 422, title, retry: false });

export const sealingErrors = {
  'suite.unknown': wrong('Sealing suite is not known'),
  'descriptor.invalid': wrong('Tender descriptor is not valid'),
  'point.not-canonical': wrong('Not a canonical group element'),
  'scalar.not-canonical': wrong('Not a canonical scalar'),
  'statement.proof-invalid': wrong('Key statement does not prove possession'),
  'manifest.malformed': wrong('Manifest is malformed'),
  'manifest.other-tender': wrong('Manifest is for another tender'),
  'manifest.proof-invalid': wrong('Manifest’s proofs do not hold'),
  'share.malformed': wrong('Share is malformed'),
  'share.proof-invalid': wrong('Share’s proof does not hold'),
  'quorum.too-few': { status: 409, title: 'Too few shares', retry: true },
  'envelope.altered': wrong('Stored envelope differs from its manifest'),
  'envelope.unreadable': wrong('Envelope does not open'),
  'envelope.content-malformed': wrong('Envelope’s content is malformed'),
  'bidder-key.malformed': wrong('Release of a bidder’s key is malformed'),
  'bidder-key.other-envelope': wrong('Key is released for another envelope'),
  'bidder-key.wrong': wrong('Not the key that the manifest names'),
  'final-bids.part-missing': {
    status: 409,
    title: 'Part of the list of final bids is missing',
    retry: true,
  },
  'final-bids.part-doubled': wrong('Part of the list of final bids is there twice'),
  'final-bids.part-foreign': wrong('Part is not of this list of final bids'),
  'final-bids.altered': wrong('List of final bids is not the one that was closed'),
  'part.name-invalid': wrong('Part has no valid name'),
  'part.media-type-invalid': wrong('Part has no valid media type'),
  'part.too-many': wrong('Too many parts'),
  'part.changed': wrong('Part changed while it was sealed'),
  'envelope.too-large': { status: 413, title: 'Envelope is too large', retry: false },
} as const satisfies ErrorTable;
export type SealingErrorCode = keyof typeof sealingErrors;
