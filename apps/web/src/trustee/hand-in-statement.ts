import { type TrusteeKey, trusteeStatement } from '#sealing';
import { call } from '../api/call.js';
import { sign, type SigningIdentity } from '../identity/signing-identity.js';
import { random } from './random.js';

/** Signs and hands in what the platform needs to know of a key: its public half and the proof that it is held. */
export async function handInStatement(
  tenderId: string,
  key: TrusteeKey,
  identity: SigningIdentity,
): Promise<void> {
  const { now } = (await (await fetch('/api/v1/time')).json()) as { now: string };
  const statement = trusteeStatement({
    tenderId,
    trusteeCertSha256: identity.certificateSha256,
    key,
    createdAt: now,
    random,
  });
  await call('submitTrusteeStatement', {
    tenderId,
    statement: await sign(identity, statement, 'sunseal-trustee-statement'),
  });
}
