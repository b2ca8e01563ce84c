export interface Numbered {
  readonly producer: string;
  readonly seq: number;
}

/**
 * The acts that may be entered: for each producer those that follow its last entered number without a gap. What
 * comes after a gap waits until the gap is filled.
 */
export function contiguous<T extends Numbered>(
  waiting: readonly T[],
  lastSeq: ReadonlyMap<string, number>,
): T[] {
  const next = new Map(lastSeq);
  const inOrder = [...waiting].sort((a, b) =>
    a.producer < b.producer ? -1 : a.producer > b.producer ? 1 : a.seq - b.seq,
  );
  return inOrder.filter(({ producer, seq }) => {
    if (seq !== (next.get(producer) ?? 0) + 1) return false;
    next.set(producer, seq);
    return true;
  });
}
