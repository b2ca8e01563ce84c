import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Opening } from '../domain/opening/opening.js';

@Entity({ name: 'opening' })
export class OpeningEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @PrimaryColumn('text', { name: 'envelope_id' })
  envelopeId!: string;

  @Column('jsonb')
  document!: Opening;
}
