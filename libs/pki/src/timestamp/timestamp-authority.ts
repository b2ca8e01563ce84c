/** Someone outside the platform who signs that something existed at a time (RFC 3161). */
export interface TimestampAuthority {
  /**
   * DER of the TimeStampToken over these 32 bytes of SHA-256, already verified. Throws `timestamp.unavailable`
   * where asking again may help, and what `verifyTimestamp` throws where the answer does not hold. An aborted
   * `signal` ends the exchange at once, with `timestamp.unavailable`.
   */
  stamp(sha256: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
}
