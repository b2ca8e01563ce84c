import type { EventEnvelope } from '#contracts';

/** What a writer in a process of its own is to do; as JSON on its command line. */
export interface ChildOrder {
  readonly databaseUrl: string;
  readonly folder: string;
  readonly origin: string;
  /** Where it notes every checkpoint that it showed, a JSON text in each line. */
  readonly shownFile: string;
  readonly batchMax: number;
  readonly acts: readonly EventEnvelope[];
  /** The step at which it kills itself; 0 for none. */
  readonly dieAt: number;
  /** Goes on until it is killed, instead of ending when all is entered. */
  readonly isLasting: boolean;
}
