import type { NoteSignature, NoteVerifier } from '#ledger';

/** Holds an Ed25519 key of the ledger, here or elsewhere. */
export interface LedgerSigner {
  /** The ledger's origin. */
  readonly name: string;
  readonly verifier: NoteVerifier;
  /**
   * Signs a text that ends with its newline. Whoever calls checks what comes back. Throws `ledger.signer-unavailable`
   * where the holder of the key cannot be reached or does not answer in time: nothing was signed, try again.
   */
  sign(text: string): Promise<NoteSignature>;
}
