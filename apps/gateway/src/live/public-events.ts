import { EventEmitter } from 'node:events';
import { type EventEnvelope, eventContract } from '#contracts';
import { type ServiceDatabase, takeOnce } from '#database';
import { PublicEventEntity } from '../persistence/public-event.entity.js';

export interface PublicEvent {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly data: Record<string, unknown>;
}

/** A tender's public life in order: kept, so that a client that was away misses nothing. */
export class PublicEvents {
  private readonly news = new EventEmitter().setMaxListeners(0);

  constructor(private readonly database: ServiceDatabase) {}

  async take(event: EventEnvelope): Promise<void> {
    const { tenderId } = event;
    if (tenderId === null || eventContract(event.subject)?.isPublic !== true) return;
    const type = event.subject.split('.').slice(1, 3).join('.');
    await takeOnce(this.database, 'gateway', event, async (tx) => {
      await tx.manager.insert(PublicEventEntity, {
        eventId: event.id,
        tenderId,
        type,
        at: event.occurredAt,
        data: event.data as never,
      });
    });
    this.news.emit(tenderId);
  }

  listAfter(tenderId: string, after: string, limit: number): Promise<PublicEvent[]> {
    return this.database.dataSource.manager
      .createQueryBuilder(PublicEventEntity, 'e')
      .where('e.tender_id = :tenderId AND e.id > :after', { tenderId, after })
      .orderBy('e.id')
      .take(limit)
      .getMany();
  }

  /** Calls back whenever there may be something new; returns how to stop. */
  onNews(tenderId: string, listener: () => void): () => void {
    this.news.on(tenderId, listener);
    return () => this.news.off(tenderId, listener);
  }
}
