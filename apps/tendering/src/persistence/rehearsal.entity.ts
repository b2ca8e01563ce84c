import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Rehearsal } from '../domain/rehearsal.js';

@Entity({ name: 'rehearsal' })
export class RehearsalEntity {
  @PrimaryColumn('uuid', { name: 'tender_id' })
  tenderId!: string;

  @Column('jsonb')
  document!: Rehearsal;
}
