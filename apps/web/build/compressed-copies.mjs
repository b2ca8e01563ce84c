import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

const IS_TEXT = /\.(?:js|css|svg)$/;

/** A gzipped copy beside each text file of the build: the gateway sends it to whoever takes it. */
export function compressedCopies() {
  let folder;
  return {
    name: 'compressed-copies',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      for (const name of names.filter((one) => IS_TEXT.test(one))) {
        const packed = gzipSync(readFileSync(join(folder, name)), { level: constants.Z_BEST_COMPRESSION });
        writeFileSync(join(folder, `${name}.gz`), packed);
      }
    },
  };
}
