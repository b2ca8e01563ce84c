/** Something could not be read, so that nothing is known of it: no fault of what was to be checked. */
export class Unread extends Error {
  constructor(
    readonly file: string,
    cause: unknown,
  ) {
    super(`${file} could not be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'Unread';
  }
}
