import { createHash, randomBytes } from 'node:crypto';
import { ReadTogether, type ServiceDatabase, transact, type Tx } from '#database';
import { sealAct, systemCall } from '#service';

/** `__Host-` makes browsers refuse the cookie from any other host, path or insecure origin. */
export const SESSION_COOKIE = '__Host-sunseal';

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Sealed like sign-ins, for good: when bidders come and go is theirs. */
async function enterEnds(
  tx: Tx,
  cause: 'signed-out' | 'replaced' | 'expired',
  ended: readonly { readonly personId: string }[],
): Promise<void> {
  for (const { personId } of ended) {
    const act = { type: 'session-ended', tenderId: null, actorId: personId, data: { cause } };
    await sealAct(tx, 'gateway', act);
  }
}

/** Sessions on the server: 32 random bytes in a cookie, their hash in Postgres, ended by deleting the row. */
export class Sessions {
  /** Persons by the hash of their token, while the session lasts by the database's clock. */
  private readonly persons = new ReadTogether<string, string>(async (digests) => {
    const rows: { token_sha256: string; person_id: string }[] = await this.database.dataSource.query(
      'SELECT token_sha256, person_id FROM session WHERE token_sha256 = ANY ($1) AND ends_at > clock_timestamp()',
      [digests],
    );
    return new Map(rows.map((row) => [row.token_sha256, row.person_id]));
  });

  constructor(
    private readonly database: ServiceDatabase,
    private readonly hours: number,
  ) {}

  /** Returns the token; it is not stored and cannot be read again. */
  async begin(personId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.database.dataSource.query(
      `INSERT INTO session (token_sha256, person_id, ends_at)
       VALUES ($1, $2, clock_timestamp() + make_interval(hours => $3))`,
      [digest(token), personId, this.hours],
    );
    await this.inTransaction(async (tx) => {
      const ended = await tx.query<{ personId: string }>(
        'DELETE FROM session WHERE ends_at < clock_timestamp() RETURNING person_id AS "personId"',
      );
      await enterEnds(tx, 'expired', ended);
    });
    return token;
  }

  personOf(token: string): Promise<string | undefined> {
    return this.persons.of(digest(token));
  }

  /** Ends a session, if there is one. Its end is entered with it. */
  end(token: string, cause: 'signed-out' | 'replaced'): Promise<void> {
    return this.inTransaction(async (tx) => {
      const ended = await tx.query<{ personId: string }>(
        'DELETE FROM session WHERE token_sha256 = $1 RETURNING person_id AS "personId"',
        [digest(token)],
      );
      await enterEnds(tx, cause, ended);
    });
  }

  /** Enters that a login is tried too often; whose it is stays out, as the attempt was not even looked at. */
  enterTooMany(): Promise<void> {
    return this.inTransaction(async (tx) => {
      const data = { code: 'sign-in.too-many' };
      await sealAct(tx, 'gateway', { type: 'sign-in-refused', tenderId: null, actorId: null, data });
    });
  }

  private inTransaction(work: (tx: Tx) => Promise<void>): Promise<void> {
    return transact(this.database, systemCall('sessions'), work);
  }
}
