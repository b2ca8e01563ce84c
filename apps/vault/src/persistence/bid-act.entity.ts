import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Reveal } from '#contracts';
import type { BidAct } from '../domain/bid-act.js';
import type { BidProgress } from '../domain/bid-progress.js';

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

  @Column('text')
  proofs!: BidProgress['proofs'];

  @Column('text', { name: 'refused_code', nullable: true })
  refusedCode!: string | null;

  @Column('text', { name: 'accepted_at', nullable: true })
  acceptedAt!: string | null;

  @Column('jsonb', { nullable: true })
  acceptance!: Reveal | null;
}
