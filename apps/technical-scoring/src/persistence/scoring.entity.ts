import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scoring } from '../domain/scoring.js';

@Entity({ name: 'scoring' })
export class ScoringEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @Column('jsonb')
  document!: Scoring;
}
