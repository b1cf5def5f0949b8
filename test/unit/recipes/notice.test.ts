import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawMrkdwn } from '../../../src/slack/kit/mrkdwn.ts';
import { type ChangedSource, changedSource } from '../../support/changed-source.ts';
import { aFolder } from '../../support/configuration-folder.ts';
import { anIncident } from '../../support/incident-builder.ts';

let source: ChangedSource;

/** The recipe: an event (its payload, its state, its words), what follows from it, a row and a template. */
beforeAll(async () => {
  source = await changedSource();
  await source.addLine('domain/incident/events.ts', {
    after: "'decision.due': ",
    line: "  'customers.told': z.strictObject({}),",
  });
  await source.addLine('domain/incident/evolve.ts', {
    after: "case 'timeline.noted':",
    line: "    case 'customers.told':",
  });
  await source.addLine('words/timeline.ts', {
    after: 'asked for a decision: fix, or roll back',
    line: "    case 'customers.told':\n      return text`told the customers`;",
  });
  await source.addLine('engine/reactions/incident-reactions.ts', {
    after: "'decision.due': ",
    line: "  'customers.told': (event) => [incidentNotice('customers-told', event)],",
  });
  await source.addLine('engine/reactions/notices.ts', {
    after: "'decision-due': ",
    line: "  'customers-told': { to: () => ['thread', 'stakeholders'], buttons: 'write-update' },",
  });
}, 60_000);

afterAll(() => source.remove());

const load = async <Module>(file: string) => (await source.load(file)) as Module;

/** The event of the recipe, which the real source doesn't know. */
function told(): never {
  const [declared] = anIncident({ severity: 'P1' }).events();
  const event = { ...declared, id: 'INC-12-2', version: 2, type: 'customers.told', payload: {} };
  return event as never;
}

describe('an event of an incident with a notice, added by the recipe', () => {
  it('leaves nothing else to be edited: the compiler has no complaint', { timeout: 120_000 }, () => {
    expect(source.compile()).toEqual([]);
  });

  it('is parsed, leads to its notice, and the queue carries that', async () => {
    const { parseEvent } = await load<typeof import('../../../src/domain/events.ts')>('domain/events.ts');
    const { reactTo } = await load<typeof import('../../../src/engine/reactions/reactions.ts')>(
      'engine/reactions/reactions.ts',
    );
    const { parseWork, queueOf } = await load<typeof import('../../../src/engine/reactions/job-data.ts')>(
      'engine/reactions/job-data.ts',
    );
    const works = reactTo(parseEvent(told()));
    const notice = works.find(({ kind }) => kind === 'incident-notice');
    expect(notice).toMatchObject({ notice: 'customers-told', incident: 'INC-12', event: 'INC-12-2' });
    expect(parseWork('delivery', notice)).toEqual(notice);
    expect(works.map(queueOf)).toContain('delivery');
  });

  it('goes where its row says, with the buttons that it names', async () => {
    const { incidentNotices } = await load<{
      readonly incidentNotices: Readonly<
        Record<string, { readonly to: () => readonly string[]; readonly buttons?: string }>
      >;
    }>('engine/reactions/notices.ts');
    const row = incidentNotices['customers-told'];
    expect(row?.to()).toEqual(['thread', 'stakeholders']);
    expect(row?.buttons).toBe('write-update');
  });

  it('is told in the words of its template, which is checked like any other', async () => {
    const root = await aFolder({});
    await cp('templates', join(root, 'templates'), { recursive: true });
    const { createTemplates } = await load<
      typeof import('../../../src/adapters/templates/create-templates.ts')
    >('adapters/templates/create-templates.ts');
    await expect(createTemplates({ root, draw: drawMrkdwn })).rejects.toThrow('customers-told.hbs');
    await cp('test/fixtures/recipes/notice/customers-told.hbs', join(root, 'templates/customers-told.hbs'));
    const { render } = await createTemplates({ root, draw: drawMrkdwn });
    const { incidentMessage } = await load<typeof import('../../../src/engine/messages/incident-message.ts')>(
      'engine/messages/incident-message.ts',
    );
    const incident = anIncident({ severity: 'P1' }).build();
    const moment = {
      event: told(),
      incident,
      ...{ before: undefined, next: undefined, said: 'INC-12-2', rolesGiven: [] },
      heardAt: incident.declaredAt,
      stakeholdersKnow: true,
      runs: [],
    };
    const team = { channels: { incidents: 'C0INC' }, services: {}, severities: {} } as never;
    const context = {
      team,
      people: [],
      groupsUnsure: false,
      direct: false,
      link: '',
      other: undefined,
      goesOn: false,
    };
    const data = incidentMessage(moment, context);
    expect(render('customers-told' as never, data as never)).toMatch(
      /^:mega: \*Customers know of INC-12\.\* Next update due <!date\^/,
    );
  });

  it('stands on the timeline', async () => {
    const { eventWords } = await load<typeof import('../../../src/words/timeline.ts')>('words/timeline.ts');
    expect(drawMrkdwn(eventWords(told(), new Map()))).toBe('told the customers');
  });
});
