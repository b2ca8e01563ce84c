/**
 * Tiers by file name: *.spec.ts beside the code, *.int-spec.ts on real engines, *.e2e-spec.ts the whole platform,
 * *.fault-spec.ts the whole platform while parts of it die.
 */
export default {
  rootDir: '.',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/*.fault-spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^#(kernel|contracts|sealing|ledger|evaluation|pki|verify|bus|storage|database|service)$':
      '<rootDir>/libs/$1/src/index.ts',
    '^#(sealing|ledger)/node$': '<rootDir>/libs/$1/node/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  transformIgnorePatterns: ['/node_modules/'],
  globalTeardown: '<rootDir>/test/support/after-all-tests.mjs',
  testTimeout: 180_000,
  workerIdleMemoryLimit: '1500MB',
};
