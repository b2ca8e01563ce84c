import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressedCopies } from './build/compressed-copies.mjs';
import { contractRoutes } from './build/contract-routes.mjs';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const LIBRARIES = ['kernel', 'contracts', 'sealing', 'ledger', 'evaluation', 'pki', 'verify'];

/** The portal as static files in dist/apps/web. `#…` leads to the sources, as for every other reader of types. */
export default defineConfig({
  root: folder('.'),
  plugins: [contractRoutes(), compressedCopies()],
  resolve: {
    alias: LIBRARIES.map((name) => ({
      find: new RegExp(`^#${name}$`),
      replacement: folder(`../../libs/${name}/src/index.ts`),
    })),
  },
  build: {
    outDir: folder('../../dist/apps/web'),
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    // Libraries mark files for React's server side; a page has none.
    rolldownOptions: {
      onLog: (level, log, tell) => log.code === 'MODULE_LEVEL_DIRECTIVE' || tell(level, log),
    },
  },
  worker: { format: 'es', plugins: () => [contractRoutes()] },
});
