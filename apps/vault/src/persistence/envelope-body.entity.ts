import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'envelope_body' })
export class EnvelopeBodyEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId!: string;

  @PrimaryColumn('text')
  sha256!: string;

  @Column('bigint')
  size!: string;

  @Column('text', { name: 'stored_at' })
  storedAt!: string;
}
