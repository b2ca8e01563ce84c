import { hkdfSync } from 'node:crypto';

/** The key of a payload, from the file key and the nonce in front of the payload (c2sp.org/age, "Payload"). */
export const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
