import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters of RFC 9106's second recommendation, scaled to 19 MiB as OWASP lists it. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

/** Compared also where there is no such login, so that the time tells nothing. */
const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$c3Vuc2VhbC1kZWNveS1zYWx0$tyiG3cQiavCDh9rUCzSzpsSOiGx2rBfaSzBzaVPQSgE';

export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const isRight = await verify(passwordHash ?? DECOY, password);
  return passwordHash !== undefined && isRight;
}
