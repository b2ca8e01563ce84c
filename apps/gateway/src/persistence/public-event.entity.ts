import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'public_event' })
export class PublicEventEntity {
  /** Grows with every event; the id that a client names to resume. */
  @PrimaryColumn('bigint', { generated: 'increment' })
  id!: string;

  @Column('uuid', { name: 'event_id' })
  eventId!: string;

  @Column('uuid', { name: 'tender_id' })
  tenderId!: string;

  @Column('text')
  type!: string;

  @Column('text')
  at!: string;

  @Column('jsonb')
  data!: Record<string, unknown>;
}
