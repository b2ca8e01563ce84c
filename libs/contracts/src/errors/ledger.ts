import type { ErrorTable } from './error-table.js';

export const ledgerErrors = {
  'proof.invalid': { status: 422, title: 'Proof does not lead to the signed root', retry: false },
  'proof.malformed': { status: 422, title: 'Proof file is not well formed', retry: false },
  'note.malformed': { status: 422, title: 'Signed note is not well formed', retry: false },
  'note.key-malformed': { status: 422, title: 'Note key is not well formed', retry: false },
  'note.signature-invalid': { status: 422, title: 'Note carries no valid signature', retry: false },
  'checkpoint.malformed': { status: 422, title: 'Checkpoint is not well formed', retry: false },
  'checkpoint.signature-invalid': { status: 422, title: 'Checkpoint is not signed by its log', retry: false },
  'checkpoint.root-mismatch': {
    status: 422,
    title: 'Checkpoint does not belong to this log',
    retry: false,
  },
  'tile.malformed': { status: 422, title: 'Tile is not well formed', retry: false },
  'tile.altered': { status: 422, title: 'Tile was altered', retry: false },
  'log.truncated': { status: 422, title: 'A file of the log is missing', retry: false },
  'entry.too-large': { status: 422, title: 'Ledger entry is too large', retry: false },
  'entry.malformed': { status: 422, title: 'Ledger entry is not well formed', retry: false },
  'reveal.mismatch': { status: 422, title: 'Reveal does not match its commitment', retry: false },
  'mailbox.receipt-invalid': { status: 422, title: 'Receipt is not of the named mailbox', retry: false },
  'witness.request-malformed': {
    status: 400,
    title: 'Request to a witness is not well formed',
    retry: false,
  },
  'witness.answer-malformed': { status: 422, title: 'Answer of a witness is not well formed', retry: false },
  'witness.policy-malformed': { status: 422, title: 'Witness policy is not well formed', retry: false },
} as const satisfies ErrorTable;
export type LedgerErrorCode = keyof typeof ledgerErrors;
