import { bytesEqual, DomainError, isDomainError } from '#kernel';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import type { Frontier } from './frontier.js';
import type { Sha256 } from './hashing.js';
import type { NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';

interface Kept {
  /** Its place in the list that was given. */
  readonly number: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly opened: OpenedCheckpoint;
}

/** Signed checkpoints kept from earlier, checked against a tree that grows from left to right. */
export class KeptCheckpoints {
  /** The first that the tree does not begin with. */
  mismatch: DomainError | undefined;

  private readonly sha256: Sha256;
  /** By size; `next` is the first that the tree has not reached. */
  private readonly kept: readonly Kept[];
  private next = 0;

  /**
   * Opens them. Refuses with `log.truncated` one of a larger size than the latest, with `checkpoint.root-mismatch`
   * one of another log, or with a code of `openCheckpoint`; `details.keptCheckpoint` is its number.
   */
  constructor(
    notes: readonly string[],
    latest: OpenedCheckpoint,
    verifiers: readonly NoteVerifier[],
    sha256: Sha256,
  ) {
    this.sha256 = sha256;
    this.kept = notes
      .map((note, number) => openKept(note, number, latest, verifiers))
      .toSorted((a, b) => a.size - b.size || a.number - b.number);
  }

  get opened(): OpenedCheckpoint[] {
    return this.kept.map(({ opened }) => opened);
  }

  /** Takes the frontier of a tree and the leaf hashes that come next; checks the roots at every size up to the last. */
  follow(frontier: Frontier, leafHashes: readonly Uint8Array[]): void {
    const end = frontier.size + leafHashes.length;
    let [at, used] = [frontier, 0];
    for (let kept = this.kept[this.next]; kept && kept.size <= end; kept = this.kept[++this.next]) {
      const upTo = kept.size - frontier.size;
      at = at.appendAll(leafHashes.slice(used, upTo), this.sha256);
      used = upTo;
      this.mismatch ??= mismatchOf(kept, at.root(this.sha256));
    }
  }

  /** Whether {@link follow} has anything to check before the tree has more leaves than this. */
  isDueBy(size: number): boolean {
    const kept = this.kept[this.next];
    return kept !== undefined && kept.size <= size;
  }
}

function openKept(
  note: string,
  number: number,
  latest: OpenedCheckpoint,
  verifiers: readonly NoteVerifier[],
): Kept {
  const details = { keptCheckpoint: number };
  const opened = withDetails(details, () => openCheckpoint(note, verifiers));
  const { origin, size, root } = opened;
  if (origin !== latest.origin) {
    throw refusal('checkpoint.root-mismatch', `a kept checkpoint is of another log, ${origin}`, details);
  }
  if (size > latest.size) {
    throw refusal('log.truncated', `the log had ${size} entries and now has ${latest.size}`, details);
  }
  return { number, size, root, opened };
}

function mismatchOf({ number, size, root }: Kept, computed: Uint8Array): DomainError | undefined {
  if (bytesEqual(root, computed)) return undefined;
  return refusal('checkpoint.root-mismatch', `the log signed other entries at size ${size} before`, {
    keptCheckpoint: number,
    size,
  });
}

/** What `open` gives; a refusal of it tells these details too. */
export function withDetails<T>(details: Record<string, unknown>, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (isDomainError(error)) {
      throw new DomainError(error.code, error.message, { ...error.details, ...details });
    }
    throw error;
  }
}
