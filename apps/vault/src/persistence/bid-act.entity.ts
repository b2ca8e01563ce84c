import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BidAct } from '../domain/bid-act.js';

@Entity({ name: 'bid_act' })
export class BidActEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId!: string;

  @PrimaryColumn('integer')
  seq!: number;

  @Column('jsonb')
  document!: BidAct;
}
