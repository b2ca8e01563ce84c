import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { type AgeEngine, typageEngine } from '#sealing';
import { nodeAgeEngine } from '#sealing/node';
import { inPieces } from '../test-support/streams.js';

interface Vector {
  readonly expected: string;
  readonly identity: string;
  /** Hash of the content, told where the file opens. */
  readonly payload: string | undefined;
  readonly file: Uint8Array;
}

/** A vector is lines of `key: value`, an empty line, and the file, compressed where a line says so. */
function read(base64: string): Vector {
  const bytes = Buffer.from(base64, 'base64');
  const end = bytes.indexOf('\n\n');
  const lines = new Map(
    bytes
      .toString('latin1', 0, end)
      .split('\n')
      .map((line) => line.split(': ') as [string, string]),
  );
  const file = bytes.subarray(end + 2);
  return {
    expected: lines.get('expect')!,
    identity: lines.get('identity')!,
    payload: lines.get('payload'),
    file: lines.has('compressed') ? inflateSync(file) : file,
  };
}

async function outcome(engine: AgeEngine, { file, identity }: Vector) {
  const hash = createHash('sha256');
  let opened = true;
  try {
    for await (const chunk of engine.decrypt(inPieces(file, 50_000), identity)) hash.update(chunk);
  } catch {
    opened = false;
  }
  return { opened, given: hash.digest('hex') };
}

const { vectors } = JSON.parse(
  readFileSync(new URL('../vectors/age-cctv.json', import.meta.url), 'utf8'),
) as { readonly vectors: Readonly<Record<string, string>> };

describe('the vectors of C2SP for age files', () => {
  it.each(Object.entries(vectors))(
    '%s: both engines do as it says, and give the same bytes',
    async (_name, text) => {
      const vector = read(text);
      const byNode = await outcome(nodeAgeEngine, vector);
      expect(byNode.opened).toBe(vector.expected === 'success');
      if (byNode.opened) expect(byNode.given).toBe(vector.payload);
      expect(await outcome(typageEngine, vector)).toEqual(byNode);
    },
  );
});
