import { resolve } from 'node:path';
import { build } from 'vite';

const ALIASES = ['kernel', 'contracts', 'sealing', 'ledger', 'evaluation', 'pki'];
const source = (name) => resolve(`libs/${name}/src/index.ts`);

/**
 * Prints a library as one script for a browser, from its sources, with its exports in the global `sunseal`. A program
 * of its own, because the bundler's native part does not take the objects of jest's realm.
 */
const [output] = [
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: {
      alias: ALIASES.map((name) => ({ find: new RegExp(`^#${name}$`), replacement: source(name) })),
    },
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: source(process.argv[2]), formats: ['iife'], name: 'sunseal' },
    },
  }),
].flat();
process.stdout.write(output.output[0].code);
