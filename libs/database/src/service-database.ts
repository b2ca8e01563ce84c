import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';
import { type Uuid, uuidV7 } from '#kernel';

/** A service's database with what its transactions need around it. */
export class ServiceDatabase {
  readonly dataSource: DataSource;
  readonly service: string;
  private readonly committed = new EventEmitter();

  constructor({ dataSource, service }: { dataSource: DataSource; service: string }) {
    this.dataSource = dataSource;
    this.service = service;
  }

  /** A new id that sorts by the time of its making. */
  newEventId(): Uuid {
    return uuidV7(Date.now(), randomBytes(10));
  }

  /** Called after every transaction that has something to tell. */
  onCommitted(listener: () => void): void {
    this.committed.on('committed', listener);
  }

  announceCommit(): void {
    this.committed.emit('committed');
  }
}
