/**
 * Bodies that lie in the store and count for nothing yet, by their key: sent and not accepted, or refused at the last
 * moment. Time is the database's, at its real pace.
 */
export abstract class WaitingBodies {
  /** From now on, where it was not known before. */
  abstract note(keys: readonly string[]): Promise<void>;
  /** Its time begins anew: what is being accepted is not removed meanwhile. */
  abstract touch(keys: readonly string[]): Promise<void>;
  /**
   * Takes the next key whose time is over, for the caller alone, and forgets it when `settle` is `done`; after
   * `again` its time begins anew. Who wants to touch it waits. False where there is none.
   */
  abstract takeOverdue(
    hours: number,
    settle: (body: { readonly key: string; readonly isAccepted: boolean }) => Promise<'done' | 'again'>,
  ): Promise<boolean>;
}
