import { matchesAny } from './glob.ts';

/**
 * Whether a path is a database migration: by the globs of a service, or, where it has none, by how the well-known tools
 * name theirs.
 */
export function isMigrationBy(globs: readonly string[] | undefined): (path: string) => boolean {
  return globs === undefined ? isKnownMigration : matchesAny(globs);
}

const CODE = ['sql', 'ts', 'mts', 'js', 'mjs', 'cjs', 'py', 'rb', 'php', 'cs', 'fs', 'vb', 'go', 'rs'].concat(
  [
    'java',
    'kt',
    'kts',
    'groovy',
    'scala',
    'clj',
    'edn',
    'ex',
    'exs',
    'cql',
    'cypher',
    'xml',
    'json',
    'yaml',
    'yml',
  ],
);
const TWELVE_HEX = '[0-9a-f]'.repeat(12);
const FOURTEEN_DIGITS = '[0-9]'.repeat(14);

const each = (before: string, endings: readonly string[]): readonly string[] =>
  endings.map((ending) => `${before}${ending}`);

/** By what they are of; most tools share the first. docs/writing-a-playbook.md names them. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  folders: [
    ...each('**/', ['migrations/**', 'migration/**', 'migrate/**', 'dbmigrations/**', 'pgmigrations/**']),
    ...each('**/*[-_.]', ['migrations/**', 'migration/**', 'migrate/**']),
    ...each('**/*[-_.]', ['migrations[-_.]*/**', 'migration[-_.]*/**']),
    ...each('**/', ['migrations[-_.]*/**', 'migration[-_.]*/**', 'migrate[-_.]*/**']),
    ...each('**/', ['migrations.', 'migration.']).flatMap((name) => each(name, CODE)),
  ],
  // Flyway, refinery, schemachange and all that took over its names.
  flyway: [
    ...each('**/[VUB][0-9]*__*.', [...CODE, 'http']),
    ...each('**/', ['R__*.sql', 'A__*.sql', 'flyway/**']),
  ],
  liquibase: [
    '**/liquibase/**',
    '**/*changelog*.xml',
    '**/*changelog*.sql',
    '**/*changelog*.groovy',
    '**/*db.changelog*',
    '**/*changelog-master*',
    '**/db/changelog*/**',
    '**/resources/changelog*/**',
    ...each('**/changelog*/**/*.', ['xml', 'sql', 'groovy']),
    ...each('**/changesets/**/*.', ['xml', 'sql']),
  ],
  mongock: [
    ...each('**/changelogs/**/*.', ['java', 'kt']),
    ...each('**/*Change', ['Unit.java', 'Unit.kt', 'Log.java', 'Log.kt']),
  ],
  // Goose, dbmate, golang-migrate, sqlx, drizzle, tern, grate, DbUp, postgrator: SQL with a number or a time first.
  numbered: [
    '**/[0-9]*.sql',
    ...each('**/*.', ['up.sql', 'down.sql', 'do.sql', 'undo.sql']),
    ...each(`**/[0-9]*[-_]*.`, ['go', 'exs']),
    ...each(`**/${FOURTEEN_DIGITS}[-_]*.`, CODE),
    `**/Version${FOURTEEN_DIGITS}*.php`,
    '**/scripts/**/*.sql',
    ...each('**/', ['up/**/*.sql', 'upgrade/**/*.sql', 'upgrades/**/*.sql']),
  ],
  schemas: [
    ...each('**/db/', ['*schema.rb', '*structure.sql', 'data/[0-9]*.rb', 'schema.sql', 'seeds.rb']),
    ...each('**/', [
      '*schema.sql',
      '*structure.sql',
      'schema-*.sql',
      'import.sql',
      'data.sql',
      'data-*.sql',
      '*.ddl',
    ]),
    '**/database/schema/**',
    '**/*.prisma',
    '**/drizzle/meta/**',
    ...each('**/dbschema/**/*.', ['edgeql', 'esdl', 'gel']),
    ...each('**/', ['*.cql', '*.surql', '*.refactorlog', '*.dacpac', '*.sqlproj']),
    '**/supabase/schemas/**',
  ],
  sqitch: ['**/sqitch.plan', ...each('**/', ['deploy/**/*.sql', 'revert/**/*.sql'])],
  atlas: ['**/atlas.sum', '**/schema.hcl', ...each('**/*.', ['my.hcl', 'pg.hcl', 'lt.hcl', 'ch.hcl'])],
  alembic: ['**/alembic*/**/*.py', `**/versions/${TWELVE_HEX}_*.py`, '**/versions/[0-9]*_*.py'],
  evolutions: ['**/evolutions/**'],
  magento: ['**/Setup/Patch/**', ...each('**/Setup/*', ['Schema.php', 'Data.php']), '**/db_schema*.xml'],
  drupal: ['**/modules/**/*.install', '**/*.post_update.php'],
};

/** What explains migrations, or keeps their folder, changes no database. */
const HARMLESS = matchesAny([
  ...each('**/*.', ['md', 'mdx', 'markdown', 'rst', 'adoc', 'txt', 'html', 'css', 'pdf']),
  ...each('**/*.', ['png', 'jpg', 'jpeg', 'gif', 'svg', 'webp', 'drawio', 'puml']),
  ...each('**/', ['.gitkeep', '.keep', '.gitignore', '.gitattributes', 'README', 'LICENSE', 'CODEOWNERS']),
  ...each('**/', ['docs/**', 'doc/**', 'documentation/**', 'node_modules/**', '.github/**', '.changeset/**']),
]);

const LOOKS_KNOWN = matchesAny(Object.values(KNOWN).flat());
const isKnownMigration = (path: string): boolean => LOOKS_KNOWN(path) && !HARMLESS(path);
