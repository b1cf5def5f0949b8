import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlashCommand } from '../../../src/listeners/door/answer-text.ts';
import { askCommand, saidTo } from '../../support/ask-command.ts';
import { type ChangedSource, changedSource } from '../../support/changed-source.ts';

const REGISTRY = 'listeners/run/commands/commands.ts';

/** One new file, and its import and entry in the registry. */
describe('a sub-command that was added by the recipe', () => {
  let source: ChangedSource;
  let rollback: SlashCommand;
  beforeAll(async () => {
    source = await changedSource();
    await source.addFile('recipes/sub-command/approvers.ts', 'listeners/run/commands/approvers.ts');
    await source.addLine(REGISTRY, {
      after: "import type { SlashCommand } from '../../door/answer-text.ts';",
      line: "import { approvers } from './approvers.ts';",
    });
    await source.addLine(REGISTRY, { after: '    status,', line: '    approvers,' });
    const loaded = await source.load(REGISTRY);
    rollback = loaded['rollback'] as SlashCommand;
  });
  afterAll(() => source.remove());

  it('compiles', () => {
    expect(source.compile()).toEqual([]);
  }, 240_000);

  it('is found by its word, parsed and answered, also by mention', async () => {
    expect(await saidTo(rollback, 'Approvers p0 for the record')).toContain('P0: admin for the record');
    expect(await saidTo(rollback, 'approvers P2', { typed: '@walkback rollback' })).toContain('P2: approver');
    expect((await askCommand(rollback, 'approvers p0')).by).toBe('answer');
  });

  it('tells its usage to whoever says too little', async () => {
    expect(await saidTo(rollback, 'approvers')).toContain('`/rollback approvers SEVERITY [NOTE]`');
  });

  it('stands in help, at its place, for those who may use it and nobody else', async () => {
    expect(await saidTo(rollback, 'help')).toMatch(
      /status \[RUN\]`.*`\/rollback approvers SEVERITY \[NOTE\]` whose approval a rollback needs.*cancel/,
    );
    expect(await saidTo(rollback, 'help', { roles: [] })).not.toContain('approvers');
  });

  it('leaves every other word with its meaning', async () => {
    expect(await saidTo(rollback, 'web-shop')).toContain('Open the rollback form');
    expect(await saidTo(rollback, 'list')).toContain('No rollbacks yet');
  });
});
