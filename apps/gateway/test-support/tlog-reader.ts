import { createHash, createPublicKey, verify } from 'node:crypto';

/** A file as it was served. */
export interface ServedFile {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
/** DER of an Ed25519 public key, up to its 32 bytes (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Merkle Tree Hash as RFC 6962 §2.1 writes it. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(NODE, treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

/** A reader of tiled logs that was written from c2sp.org's pages and uses nothing of this program. */
export class TlogReader {
  constructor(private readonly prefix: string) {}

  async fetch(path: string, headers: Record<string, string> = {}): Promise<ServedFile> {
    const response = await fetch(`${this.prefix}/${path}`, { headers });
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  }

  async get(path: string): Promise<Buffer> {
    const { status, bytes } = await this.fetch(path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
    return bytes;
  }

  /** Size and root of the checkpoint, its signature checked with a key `name+id+base64`. */
  async checkpoint(verifierKey: string): Promise<{ size: number; root: Buffer }> {
    const note = (await this.get('checkpoint')).toString('utf8');
    const end = note.indexOf('\n\n') + 1;
    const [origin, size, root] = note.slice(0, end).split('\n');
    const [name, , ...rest] = verifierKey.trim().split('+');
    const key = Buffer.from(rest.join('+'), 'base64');
    const id = sha256(Buffer.from(`${name}\n`), key).subarray(0, 4);
    const publicKey = createPublicKey({
      key: Buffer.concat([SPKI, key.subarray(1)]),
      format: 'der',
      type: 'spki',
    });
    const isSigned = note
      .slice(end + 1)
      .split('\n')
      .filter((line) => line.startsWith(`— ${name} `))
      .map((line) => Buffer.from(line.split(' ')[2]!, 'base64'))
      .some(
        (line) =>
          line.subarray(0, 4).equals(id) &&
          verify(null, Buffer.from(note.slice(0, end)), publicKey, line.subarray(4)),
      );
    if (!isSigned || origin !== name) throw new Error('the checkpoint is not signed by this key');
    return { size: Number.parseInt(size!, 10), root: Buffer.from(root!, 'base64') };
  }

  /** Every tile path of a log of this size at a level; ⌊s / 256^l⌋ hashes in tiles of 256. */
  paths(level: number | 'entries', size: number): string[] {
    const count = Math.floor(size / 256 ** (level === 'entries' ? 0 : level));
    return Array.from({ length: Math.ceil(count / 256) }, (_, n) => {
      const width = Math.min(256, count - n * 256);
      const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0');
      const groups = digits.match(/.../g)!.map((group, i, all) => (i < all.length - 1 ? `x${group}` : group));
      return `tile/${level}/${groups.join('/')}${width < 256 ? `.p/${width}` : ''}`;
    });
  }

  /** All leaf hashes, from the bundles; level 0 and 1 of the tiles must agree with them. */
  async leaves(size: number): Promise<Buffer[]> {
    const leaves: Buffer[] = [];
    for (const path of this.paths('entries', size)) {
      const bundle = await this.get(path);
      for (let at = 0; at < bundle.length;) {
        const end = at + 2 + bundle.readUInt16BE(at);
        leaves.push(sha256(LEAF, bundle.subarray(at + 2, end)));
        at = end;
      }
    }
    const roots: Buffer[] = [];
    for (const [n, path] of this.paths(0, size).entries()) {
      const tile = leaves.slice(n * 256, (n + 1) * 256);
      if (!(await this.get(path)).equals(Buffer.concat(tile))) throw new Error(`${path} differs`);
      if (tile.length === 256) roots.push(treeHash(tile));
    }
    for (const [n, path] of this.paths(1, size).entries()) {
      const tile = roots.slice(n * 256, (n + 1) * 256);
      if (!(await this.get(path)).equals(Buffer.concat(tile))) throw new Error(`${path} differs`);
    }
    return leaves;
  }

  root = treeHash;
}
