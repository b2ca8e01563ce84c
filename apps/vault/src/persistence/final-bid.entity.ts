import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SignedManifest } from '../domain/bid-act.js';

@Entity({ name: 'final_bid' })
export class FinalBidEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @PrimaryColumn('text')
  alias!: string;

  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;

  @Column('text', { name: 'organisation_name' })
  organisationName!: string;

  @Column('text', { name: 'certificate_sha256' })
  certificateSha256!: string;

  @Column('jsonb')
  manifests!: SignedManifest[];

  @Column('boolean', { name: 'is_passed', nullable: true })
  isPassed!: boolean | null;
}
