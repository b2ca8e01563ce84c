import { createHash, randomBytes } from 'node:crypto';
import { ReadTogether, type ServiceDatabase } from '#database';
import { SessionEntity } from '../persistence/session.entity.js';

/** `__Host-` makes browsers refuse the cookie from any other host, path or insecure origin. */
export const SESSION_COOKIE = '__Host-sunseal';

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

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
    await this.database.dataSource.query('DELETE FROM session WHERE ends_at < clock_timestamp()');
    return token;
  }

  personOf(token: string): Promise<string | undefined> {
    return this.persons.of(digest(token));
  }

  async end(token: string): Promise<void> {
    await this.database.dataSource.manager.delete(SessionEntity, { tokenSha256: digest(token) });
  }
}
