import { createHash, randomBytes } from 'node:crypto';
import type { ServiceDatabase } from '#database';
import { SessionEntity } from '../persistence/session.entity.js';

/** `__Host-` makes browsers refuse the cookie from any other host, path or insecure origin. */
export const SESSION_COOKIE = '__Host-sunseal';

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Sessions on the server: 32 random bytes in a cookie, their hash in Postgres, ended by deleting the row. */
export class Sessions {
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

  async personOf(token: string): Promise<string | undefined> {
    const found = await this.database.dataSource.manager.findOneBy(SessionEntity, {
      tokenSha256: digest(token),
    });
    return found && found.endsAt.getTime() > Date.now() ? found.personId : undefined;
  }

  async end(token: string): Promise<void> {
    await this.database.dataSource.manager.delete(SessionEntity, { tokenSha256: digest(token) });
  }
}
