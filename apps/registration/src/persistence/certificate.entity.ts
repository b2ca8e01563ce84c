import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'certificate' })
export class CertificateEntity {
  @PrimaryColumn('text', { name: 'certificate_sha256' })
  certificateSha256!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId!: string | null;

  @Column('text')
  kind!: 'organisation' | 'trustee' | 'expert';

  @Column('text')
  pem!: string;

  @Column('text', { name: 'valid_to' })
  validTo!: string;
}
