import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SealedTender } from '../domain/sealed-tender.js';

@Entity({ name: 'sealed_tender' })
export class SealedTenderEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @Column('jsonb')
  document!: SealedTender;
}
