import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'organisation' })
export class OrganisationEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId!: string;

  @Column('text', { name: 'credit_code' })
  creditCode!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'legal_representative' })
  legalRepresentative!: string;

  @Column('jsonb')
  qualifications!: string[];

  @Column('text')
  status!: 'submitted' | 'approved' | 'refused';

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { name: 'registered_at' })
  registeredAt!: string;
}
