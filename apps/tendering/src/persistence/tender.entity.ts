import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { Tender } from '../domain/tender.js';

/** The tender as one document; beside it only what lists and the clock look for. */
@Entity({ name: 'tender' })
export class TenderEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  /** As it is shown: `suspended` hides a tender from the clock. */
  @Column('text')
  stage!: string;

  @Column('uuid', { name: 'buyer_id' })
  buyerId!: string;

  @Column('text', { name: 'region_code' })
  regionCode!: string;

  @Column('boolean', { name: 'is_published' })
  isPublished!: boolean;

  @Column('timestamptz', { name: 'deadline_at' })
  deadlineAt!: string;

  /** Buyer, trustees and experts: for whom this tender is work. */
  @Column('uuid', { name: 'involved', array: true })
  involved!: string[];

  @Column('jsonb')
  document!: Tender;

  @VersionColumn()
  version!: number;
}
