/** Arrows of import go one way: domain <- engine <- words <- slack, listeners, adapters, cli <- app.ts */
const only = (folder, allowed) => ({
  name: `${folder}-imports`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: allowed.map((name) => `^src/${name}`) },
});

/** What knows of each other only through src/domain/policy and src/engine/policy. */
const apart = (folder, other) => ({
  name: `${folder}-knows-nothing-of-${other}`,
  severity: 'error',
  from: { path: `^src/(domain|engine)/${folder}/` },
  to: { path: `^src/((domain|engine)/${other}/|engine/streams/${other}s)` },
});

/** A package stays behind its adapter. */
const packageOnlyIn = (name, folders) => ({
  name: `${name}-stays-in-its-place`,
  severity: 'error',
  from: { path: '^src/', pathNot: folders.map((folder) => `^src/${folder}`) },
  to: { path: `node_modules/${name}` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('domain', ['domain/']),
    apart('run', 'incident'),
    apart('incident', 'run'),
    only('engine', ['engine/', 'domain/']),
    only('words', ['words/', 'engine/', 'domain/']),
    only('slack', ['slack/', 'words/', 'engine/', 'domain/']),
    only('listeners', ['listeners/', 'slack/', 'words/', 'engine/', 'domain/']),
    only('cli', ['cli/', 'words/', 'engine/', 'domain/']),
    only('adapters', ['adapters/', 'words/', 'engine/', 'domain/']),
    packageOnlyIn('simple-git', ['adapters/git/']),
    packageOnlyIn('ioredis', ['adapters/redis/', 'adapters/bullmq/']),
    packageOnlyIn('bullmq', ['adapters/bullmq/']),
    packageOnlyIn('handlebars', ['adapters/templates/']),
    packageOnlyIn('@slack', ['slack/', 'listeners/', 'app.ts']),
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'no clock, no I/O: only zod, hashing and time zones',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: ['zod', 'luxon', '^(node:)?crypto$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
