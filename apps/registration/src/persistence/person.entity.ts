import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Grant } from '../domain/grant.js';

@Entity({ name: 'person' })
export class PersonEntity {
  @PrimaryColumn('uuid', { name: 'person_id' })
  personId!: string;

  @Column('text')
  login!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId!: string | null;

  @Column('jsonb')
  grants!: Grant[];
}
