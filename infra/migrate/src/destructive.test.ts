import { describe, expect, it } from 'vitest';
import { destructiveIn } from './destructive.js';
import { migrationFiles } from './files.js';

/** From here on releases roll out beside each other; what came before was made for none that runs. */
const SINCE = '0315';

describe('a migration that runs beside the release before', () => {
  it.each([
    'drop table read.sync',
    'alter table read.sync drop column progress',
    'alter table read.sync\n  drop progress',
    'drop function read.activity(text, int, int)',
    'alter table read.sync rename column a to b',
    'alter table read.sync rename to synced',
    'alter table read.sync rename a to b',
    'alter table read.sync alter column units type bigint',
    'alter table read.sync alter units set data type bigint',
    'alter table read.sync alter column units set not null',
    'alter table read.sync alter units drop default',
    'alter table read.sync add column units int not null',
    'alter table read.sync add column a int, add column units int\n  not null, add column b int default 0',
    'truncate read.sync',
    'DROP TABLE read.sync',
    'create table read.other (a int);\n-- contract: said too late\ndrop table read.sync',
  ])('may not: %s', (sql) => {
    expect(destructiveIn(sql)).not.toEqual([]);
    expect(destructiveIn(`-- contract: unused since 1.4\n${sql};`)).toEqual([]);
  });

  it.each([
    'create table read.other (id text primary key, units int not null)',
    'alter table read.sync add column units int',
    "alter table read.sync add column state text not null default 'new'",
    'alter table read.sync add column total int not null generated always as (a + b) stored',
    'alter table read.sync alter column units drop not null',
    'alter table read.sync drop constraint sync_state_check',
    'drop index read.sync_by_day; create index sync_by_day on read.sync (day, id)',
    'create or replace function read.f() returns int language sql as $$ delete from t; truncate t $$',
    "comment on table read.sync is 'drop table me'",
    '-- drop table read.sync\nselect 1',
  ])('may: %s', (sql) => {
    expect(destructiveIn(sql)).toEqual([]);
  });

  it('a contract step has to say why', () => {
    expect(destructiveIn('-- contract:\ndrop table read.sync')).not.toEqual([]);
  });
});

it('no migration from here on breaks the release before', async () => {
  const files = await migrationFiles();
  expect(files.length).toBeGreaterThan(40);
  const broken = files
    .filter(({ name }) => name >= SINCE)
    .flatMap(({ name, sql }) => destructiveIn(sql).map((why) => `${name} ${why}`));
  expect(broken).toEqual([]);
});
