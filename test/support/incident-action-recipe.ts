import type { ChangedSource } from './changed-source.ts';

const DOMAIN = 'domain/incident/actions';
const SLACK = 'slack/incident/actions';

/** The first half of the recipe: the action itself, and its entry. */
export async function addToDomain({ addFile, addLine }: ChangedSource): Promise<void> {
  await addFile('recipes/incident-action/domain.ts', `${DOMAIN}/hand-over.ts`);
  await addEntry(addLine, `${DOMAIN}/actions.ts`);
}

/** The second half: how it looks in Slack, and its entry. */
export async function addToSlack({ addFile, addLine }: ChangedSource): Promise<void> {
  await addFile('recipes/incident-action/slack.ts', `${SLACK}/hand-over.ts`);
  await addEntry(addLine, `${SLACK}/actions.ts`);
}

async function addEntry(addLine: ChangedSource['addLine'], registry: string): Promise<void> {
  await addLine(registry, {
    after: "from './change-severity.ts';",
    line: "import { handOver } from './hand-over.ts';",
  });
  await addLine(registry, { after: '  takeRole,', line: '  handOver,' });
}
