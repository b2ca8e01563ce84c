import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session is known by the hash of its token: a copy of this table signs nobody in. */
@Entity({ name: 'session' })
export class SessionEntity {
  @PrimaryColumn('text', { name: 'token_sha256' })
  tokenSha256!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt!: Date;
}
