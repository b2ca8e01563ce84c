import { refusal } from './refusal.js';

/**
 * The entries of a bundle, kept as RFC 6962 hashes them: each behind a zero byte. That byte takes the place of the
 * second one of the entry's length, so a bundle is copied once and its entries never. The copy also keeps what was
 * hashed from being changed by whoever owns the file's bytes.
 */
export class LeafBundle {
  readonly width: number;
  private readonly bytes: Uint8Array;
  /** Where each entry begins; the next begins two bytes after its end. */
  private readonly starts: Uint32Array;

  /** The first `width` entries of a bundle that holds exactly `stored`; refuses others with `tile.malformed`. */
  constructor(bundle: Uint8Array, stored: number, width: number) {
    const bytes = new Uint8Array(bundle);
    const starts = new Uint32Array(stored + 1);
    let at = 0;
    let count = 0;
    while (at < bytes.length) {
      if (at + 2 > bytes.length) throw refusal('tile.malformed', 'bundle ends inside a length');
      const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!;
      if (end > bytes.length) throw refusal('tile.malformed', 'bundle ends inside an entry');
      starts[count++] = at + 2;
      bytes[at + 1] = 0;
      at = end;
    }
    if (count !== stored) {
      throw refusal('tile.malformed', `bundle holds ${count} entries instead of ${stored}`);
    }
    starts[stored] = bytes.length + 2;
    this.bytes = bytes;
    this.starts = starts;
    this.width = width;
  }

  /** 0x00 ‖ entry `i`. */
  leafInput(i: number): Uint8Array {
    return this.bytes.subarray(this.starts[i]! - 1, this.starts[i + 1]! - 2);
  }

  entry(i: number): Uint8Array {
    return this.bytes.subarray(this.starts[i]!, this.starts[i + 1]! - 2);
  }
}
