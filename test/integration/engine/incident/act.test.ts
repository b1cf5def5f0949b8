import { describe, expect, it } from 'vitest';
import { requestRollback } from '../../../../src/engine/policy/request-rollback.ts';
import { denyRun } from '../../../../src/engine/run/answer-approval.ts';
import { incidentEvents } from '../../../../src/engine/streams/incidents.ts';
import { APPROVER, anIncidentWorld, NOBODY, RESPONDER } from '../../../support/incident-world.ts';

const PEOPLE = ['U1RESPONDER', 'U11', 'U12', 'U13', 'U14'].map((id) => ({ id, roles: ['responder'] }));
const refused = (reason: string) => ({ kind: 'refused', refusal: expect.objectContaining({ reason }) });

describe('people who act at the same moment', () => {
  it('all get an answer: one has acknowledged, the others learn who, and every press is kept', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    const answers = await Promise.all(PEOPLE.map((person) => world.act({ press: 'acknowledge' }, person)));
    const [winner, ...more] = answers.filter(({ kind }) => kind === 'accepted');
    expect([winner !== undefined, more.length]).toEqual([true, 0]);
    const { acknowledged } = await world.load();
    const losers = answers.flatMap((answer) => (answer.kind === 'refused' ? [answer.refusal] : []));
    expect(losers).toEqual(
      PEOPLE.slice(1).map(() => ({ reason: 'already-acknowledged', by: acknowledged?.by })),
    );
    const events = await incidentEvents(world.deps, 'INC-1');
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events.filter(({ type }) => type === 'press.refused')).toHaveLength(4);
  });

  it('lose nothing of what they say', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    const notes = PEOPLE.flatMap((person) =>
      ['one', 'two'].map((text) => ({ person, text: `${person.id} ${text}` })),
    );
    const message = { channel: 'C1', ts: '1.2' };
    const answers = await Promise.all(
      notes.map(({ person, text }) =>
        world.act({ press: 'note', text, by: person.id, permalink: '', message }, person),
      ),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(notes.map(() => 'accepted'));
    const noted = (await incidentEvents(world.deps, 'INC-1')).flatMap((event) =>
      event.type === 'timeline.noted' ? [event.payload.text] : [],
    );
    expect(noted.toSorted()).toEqual(notes.map(({ text }) => text).toSorted());
  });

  it('declare the same thing twice: both stand, each with its own id', async () => {
    const world = await anIncidentWorld();
    const declared = await Promise.all([world.declare(), world.declare({}, PEOPLE[1])]);
    expect(declared.map(({ kind }) => kind)).toEqual(['declared', 'declared']);
    expect((await world.store.open('incident')).toSorted()).toEqual(['INC-1', 'INC-2']);
  });

  it('resolve it while its timers are looked at: nothing comes after the resolution', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    world.at(31);
    await Promise.all([world.due(), world.act({ press: 'resolve', summary: 'A wrong alarm' }), world.due()]);
    const types = await world.types();
    expect(types.at(-1)).toBe('incident.resolved');
    expect((await world.load()).status).toBe('resolved');
  });
});

describe('declaring', () => {
  it('is refused to those who may not respond, without a title, and for a service that nobody knows', async () => {
    const world = await anIncidentWorld();
    expect(await world.declare({}, NOBODY)).toEqual(refused('not-permitted'));
    expect(await world.declare({ title: ' ' })).toEqual(refused('missing-reason'));
    expect(await world.declare({ services: ['shop', 'sohp'] })).toEqual(refused('unknown-service'));
    expect(await world.store.open('incident')).toEqual([]);
  });
});

describe('a press that does not count', () => {
  it('is kept with its reason, also on an incident that is over', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.act({ press: 'resolve', summary: 'Mended' });
    expect(await world.act({ press: 'acknowledge' }, NOBODY)).toEqual(refused('incident-over'));
    expect((await incidentEvents(world.deps, 'INC-1')).at(-1)).toMatchObject({
      type: 'press.refused',
      payload: { press: 'acknowledge', refusal: 'incident-over' },
      actor: { kind: 'user', id: NOBODY.id },
    });
    expect(await world.act({ press: 'acknowledge' }, RESPONDER, 'INC-77')).toEqual(
      refused('unknown-incident'),
    );
    expect(await world.types('INC-77')).toEqual([]);
  });

  it('Roll back by somebody who may respond but not approve changes nothing', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    expect(await world.act({ press: 'roll-back' })).toEqual(refused('not-permitted'));
    expect((await world.act({ press: 'roll-back' }, APPROVER)).kind).toBe('accepted');
  });
});

describe('merging', () => {
  it('closes the one, and the other knows of it once', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.declare({ title: 'Nobody can pay' });
    await world.act({ press: 'merge', into: 'INC-1' }, RESPONDER, 'INC-2');
    const absorb = { kind: 'absorb-incident', incident: 'INC-2', into: 'INC-1' } as const;
    await world.follow(absorb);
    await world.follow(absorb);
    expect((await incidentEvents(world.deps, 'INC-1')).slice(1).map(({ payload }) => payload)).toEqual([
      { from: 'INC-2', title: 'Nobody can pay' },
    ]);
    expect(await world.store.open('incident')).toEqual(['INC-1']);
  });

  it('brings its runs along, so that no rollback is started beside them', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.declare({ title: 'Nobody can pay' });
    world.at(5);
    const asked = await requestRollback(world.deps, {
      ...{ service: 'shop', severity: 'P0', parameters: {}, reason: 'checkout fails', checklist: [] },
      ...{ thread: null, person: RESPONDER, incident: 'INC-2' },
    });
    expect(asked.kind).toBe('requested');
    await world.follow({ kind: 'tell-incident', run: 'RUN-1' });
    await world.act({ press: 'merge', into: 'INC-1' }, RESPONDER, 'INC-2');
    await world.follow({ kind: 'absorb-incident', incident: 'INC-2', into: 'INC-1' });
    world.at(30);
    await world.due();
    expect((await world.load()).automaticRollback?.outcome).toBe('stood-down');
    const person = { id: 'U2APPROVER', roles: ['approver'] };
    const digest = asked.kind === 'requested' ? asked.run.digest : '';
    await denyRun(world.deps, { run: 'RUN-1', digest, person, reason: 'We can mend it' });
    await world.follow({ kind: 'tell-incident', run: 'RUN-1' });
    expect((await world.load()).runs).toMatchObject([{ run: 'RUN-1', status: 'denied' }]);
  });

  it('into one that is over or unknown is refused, or it would be forgotten', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.declare();
    await world.act({ press: 'resolve', summary: 'Mended' });
    expect(await world.act({ press: 'merge', into: 'INC-1' }, RESPONDER, 'INC-2')).toEqual(
      refused('incident-over'),
    );
    expect(await world.act({ press: 'merge', into: 'INC-9' }, RESPONDER, 'INC-2')).toEqual(
      refused('unknown-incident'),
    );
    expect((await world.load('INC-2')).status).toBe('investigating');
    expect((await incidentEvents(world.deps, 'INC-2')).slice(1).map(({ payload }) => payload)).toEqual([
      { press: 'merge', refusal: 'incident-over' },
      { press: 'merge', refusal: 'unknown-incident' },
    ]);
  });
});
