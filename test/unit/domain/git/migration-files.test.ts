import { describe, expect, it } from 'vitest';
import { isMigrationBy } from '../../../../src/domain/git/migration-files.ts';

/** Files as each tool's own documentation or generator names them. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  Flyway: [
    'src/main/resources/db/migration/V1__Create_person_table.sql',
    'sql/V2024.01.15.1__add_index.sql',
    'database/v3_1__lower_case.sql',
    'sql/U2__undo.sql',
    'sql/R__refresh_views.sql',
    'src/main/java/db/migration/V4__Backfill.java',
  ],
  Liquibase: [
    'src/main/resources/db/changelog/db.changelog-master.yaml',
    'src/main/resources/db/changelog/changes/001-create-customer.xml',
    'src/main/resources/config/liquibase/changelog/20240101000000_added_entity_Order.xml',
    'db/changelog/2024/add-column.json',
    'dbchangelog.xml',
    'example-changelog.sql',
  ],
  'EF Core': [
    'src/Shop.Data/Migrations/20240115093012_AddOrders.cs',
    'src/Shop.Data/Migrations/20240115093012_AddOrders.Designer.cs',
    'src/Shop.Data/Migrations/ShopContextModelSnapshot.cs',
    'src/Shop.Migrations.SqlServer/AddOrders.cs',
  ],
  'DbUp, grate': ['src/Db/Scripts/Script0001 - Create tables.sql', 'db/up/0002_add_orders.sql'],
  Rails: [
    'db/migrate/20240115093012_create_orders.rb',
    'db/queue_migrate/20240115093012_create_jobs.rb',
    'db/post_migrate/20240115093012_drop_old.rb',
    'engines/billing/db/migrate/20240115093012_bill.rb',
    'db/schema.rb',
    'db/queue_schema.rb',
    'db/structure.sql',
    'db/data/20240115093012_backfill.rb',
  ],
  Django: ['orders/migrations/0002_order_total.py', 'apps/shop/orders/migrations/0001_initial.py'],
  Alembic: [
    'alembic/versions/1975ea83b712_create_account_table.py',
    'migrations/versions/ae1027a6acf_add.py',
    'app/db/versions/2024_01_15_0930-ae1027a6acf0_add.py',
  ],
  Laravel: [
    'database/migrations/2024_01_15_093012_create_orders_table.php',
    'database/schema/mysql-schema.sql',
  ],
  Prisma: ['prisma/migrations/20240115093012_init/migration.sql', 'prisma/schema.prisma'],
  Drizzle: ['drizzle/0000_huge_wolverine.sql', 'drizzle/meta/_journal.json'],
  'Knex, Sequelize, TypeORM, MikroORM': [
    'migrations/20240115093012_users.js',
    'server/migrations/20240115093012-create-user.js',
    'src/migration/1705311012345-CreateOrders.ts',
    'src/migrations/Migration20240115093012.ts',
    'src/migrations/.snapshot-shop.json',
  ],
  'Goose, golang-migrate, dbmate, tern': [
    'db/20240115093012_create_users.sql',
    'store/00002_rename_root.go',
    'db/sql/000001_create_users.up.sql',
    'db/sql/000001_create_users.down.sql',
    'db/schema.sql',
    'sql/001_init.sql',
  ],
  sqitch: ['sqitch.plan', 'deploy/users.sql', 'revert/users.sql'],
  Ecto: ['priv/repo/migrations/20240115093012_create_orders.exs', 'priv/repo/structure.sql'],
  'Phinx, Doctrine, CakePHP, CodeIgniter, Yii': [
    'db/migrations/20240115093012_my_new_migration.php',
    'migrations/Version20240115093012.php',
    'src/Migrations/Version20240115093012.php',
    'config/Migrations/20240115093012_CreateOrders.php',
    'app/Database/Migrations/2024-01-15-093012_AddBlog.php',
    'console/migrations/m240115_093012_create_news.php',
  ],
  'Hasura, Supabase, Atlas': [
    'hasura/migrations/default/1705311012345_init/up.sql',
    'supabase/migrations/20240115093012_new.sql',
    'supabase/schemas/orders.sql',
    'atlas.sum',
    'schema.hcl',
  ],
  'node-pg-migrate, migrate-mongo, Mongock': [
    'migrations/1705311012345_add.js',
    'migrations/20240115093012-blacklist.js',
    'src/main/java/shop/changelogs/InitialChangeLog.java',
    'src/main/java/shop/db/AddOrdersChangeUnit.java',
  ],
  'Diesel, sqlx, refinery, SeaORM': [
    'migrations/2024-01-15-093012_create_posts/up.sql',
    'sql/20240115093012_x.sql',
    'src/V1__initial.rs',
    'migration/src/m20240115_000001_create_table.rs',
  ],
  'Cassandra, ClickHouse, Neo4j, Elasticsearch, Snowflake': [
    'src/main/resources/cassandra/migration/001_init.cql',
    'cassandra/keyspace.cql',
    'clickhouse/migrations/000001_events.up.sql',
    'src/main/resources/neo4j/migrations/V0001__Create.cypher',
    'src/main/resources/es/V1.0__index.http',
    'snowflake/V1.1.1__tables.sql',
    'snowflake/A__grants.sql',
  ],
  'Play, Magento, Drupal, PocketBase, Gel': [
    'conf/evolutions/default/1.sql',
    'app/code/Shop/Orders/Setup/Patch/Data/AddAttribute.php',
    'app/code/Shop/Orders/etc/db_schema.xml',
    'web/modules/custom/shop/shop.install',
    'pb_migrations/1705311012_created_posts.js',
    'dbschema/migrations/00001.edgeql',
  ],
};

describe('the files of a tool that nobody has to name', () => {
  const isMigration = isMigrationBy(undefined);
  for (const [tool, paths] of Object.entries(TOOLS))
    it.each(paths)(`of ${tool}: %s`, (path) => {
      expect([path, path.toUpperCase(), `Services/api/${path}`].map(isMigration)).toEqual([true, true, true]);
    });

  it.each([
    'migrations.md',
    'docs/migrations/from-v1.md',
    'docs/migrations/example.sql',
    'docs/migration/diagram.png',
    'src/pages/MigrationsPage.tsx',
    'src/immigration/form.ts',
    'xmigrations/3.sql.ts',
    'CHANGELOG.md',
    'CHANGELOG.json',
    'changelogs/changelog.yaml',
    '.changeset/brave-cats-sit.md',
    'db/migrations/README.md',
    'db/migrations/.gitkeep',
    'db/query/orders.sql',
    'models/marts/orders.sql',
    'src/schema.ts',
    'api/versions/v2.py',
    'deploy/kubernetes.yaml',
    'debian/shop.install',
    'styles/b2__block.scss',
    'node_modules/knex/lib/migrations/migrate.js',
    'src/update/upgrade.ts',
  ])('is not %s', (path) => {
    expect(isMigration(path)).toBe(false);
  });
});

describe('the globs of a service', () => {
  it('are taken instead of the known ones, whatever the case, and as git reads them', () => {
    const isMigration = isMigrationBy(['db/changes/**', 'sql/*.sql', 'Schema', '**/[0-9]?.psql']);
    const yes = ['DB/Changes/a/b.md', 'sql/x.sql', 'schema/a.txt', 'schema', 'a/b/1x.psql', '2y.PSQL'];
    const no = [
      'x/db/changes/1.sql',
      'sql/deep/x.sql',
      'schemas/a',
      'a/xx.psql',
      'db/migrate/1.rb',
      'db/changes',
    ];
    expect(yes.map(isMigration)).toEqual(yes.map(() => true));
    expect(no.map(isMigration)).toEqual(no.map(() => false));
  });

  it('may be none at all, and then nothing is one', () => {
    expect(isMigrationBy([])('db/migrate/1.rb')).toBe(false);
  });

  it('hold characters that mean nothing to git', () => {
    expect(isMigrationBy(['a+b (c)/$x.{sql}'])('a+b (c)/$x.{sql}')).toBe(true);
    expect(isMigrationBy(['a.b'])('axb')).toBe(false);
    expect(isMigrationBy(['[!a]x', '\\*'])('bx')).toBe(true);
    expect(isMigrationBy(['[!a]x', '\\*'])('ax')).toBe(false);
    expect(isMigrationBy(['\\*'])('*')).toBe(true);
    expect(isMigrationBy(['[bad'])('[bad')).toBe(true);
    expect(isMigrationBy(['[z-a]'])('b')).toBe(false);
  });
});
