import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommercialEvaluation } from '../domain/commercial-evaluation.js';

@Entity({ name: 'evaluation' })
export class EvaluationEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @Column('jsonb')
  document!: CommercialEvaluation;
}
