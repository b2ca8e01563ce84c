import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'participation' })
export class ParticipationEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId!: string;

  @Column('text', { name: 'joined_at' })
  joinedAt!: string;
}
