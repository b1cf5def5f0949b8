import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/domain/run/events.ts';
import { parseWork, queueOf } from '../../../../src/engine/reactions/job-data.ts';
import { reactTo } from '../../../../src/engine/reactions/reactions.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { APPROVER, aRun, type RunBuilder } from '../../../support/run-builder.ts';

const last = (story: RunBuilder): RunEvent => {
  const event = story.events().at(-1);
  if (event === undefined) throw new Error('a story has events');
  return event;
};
/** "card run", "notice rollback-ended", "drive": what follows, in order. */
const following = (story: RunBuilder): readonly string[] =>
  reactTo(last(story)).map((work) =>
    work.kind === 'card' ? `card ${work.card}` : work.kind === 'notice' ? `notice ${work.notice}` : work.kind,
  );

const forLater = aPlan({ approval: { nextDeployment: true } });

const failed = () =>
  aRun()
    .started()
    .startStep('rollback')
    .finishStep('rollback', { outcome: 'failed', summary: 'exit code 1' });

const everything = (): readonly RunEvent[] => [
  ...failed().decide('rollback', 'retry').didSteps(['rollback', 'deploy', 'healthy']).succeeded().events(),
  ...aRun().replan('branch-moved', aPlan()).deniedBy(APPROVER, 'no').events(),
  ...aRun().expired().events(),
  ...aRun().raisedTo(['lead']).glassBrokenBy('U0ADMIN').events(),
  ...aRun().deferred().approvedByPolicy().events(),
  ...aRun().started().startStep('rollback').interruptStep('rollback').decide('rollback', 'abort').events(),
  ...failed().failed('rollback', 'aborted').events(),
  ...aRun().started().startStep('rollback').cancelRequestedBy(APPROVER).cancelled('no need').events(),
];

describe('what follows from each event', () => {
  it.each([
    ['a request', aRun(), ['card approval', 'approval-asks', 'expire']],
    ['a new plan', aRun().replan('branch-moved', aPlan()), ['card approval', 'notice approval-needed-again']],
    [
      'a wait that was over',
      aRun().raisedTo(['lead']),
      ['card approval', 'notice approval-raised', 'expire'],
    ],
    ['broken glass', aRun().glassBrokenBy('U0ADMIN'), ['drive', 'card approval']],
    ['a request for the next deployment', aRun({ plan: forLater }), ['card approval']],
    ['the list for the next deployment', aRun({ plan: forLater }).deferred(), ['card approval']],
    [
      'a plan for the next deployment',
      aRun().replan('severity-changed', forLater),
      ['card approval', 'card run', 'notice approval-needed-again'],
    ],
    ['the last approval', aRun().approvedBy(APPROVER), ['drive', 'card approval', 'approval-asks']],
    [
      'a start that was hindered',
      aRun().approvedBy(APPROVER).hindered('git is away'),
      ['card approval', 'notice start-needs-person'],
    ],
    ['the start', aRun().started(), ['card run', 'card stakeholders']],
    ['a step failed', failed(), ['card run', 'card approval', 'notice step-needs-person', 'output-file']],
    [
      'a step interrupted',
      aRun().started().startStep('rollback').interruptStep('rollback'),
      ['card run', 'card approval', 'notice step-needs-person', 'tell-incident'],
    ],
    ['an answer to a step', failed().decide('rollback', 'retry'), ['drive', 'card run', 'card approval']],
    [
      'a wish to cancel',
      aRun().started().startStep('rollback').cancelRequestedBy(APPROVER),
      ['drive', 'card run', 'card approval'],
    ],
    [
      'a denial',
      aRun().deniedBy(APPROVER, 'no'),
      ['card approval', 'notice rollback-ended', 'approval-asks', 'run-over'],
    ],
    ['an expiry', aRun().expired(), ['card approval', 'notice rollback-ended']],
    [
      'success',
      aRun().started().succeeded(),
      ['card run', 'card stakeholders', 'notice rollback-completed', 'run-over'],
    ],
    [
      'failure',
      failed().failed('rollback', 'aborted'),
      ['card run', 'card approval', 'notice rollback-ended'],
    ],
    ['cancelling', aRun().cancelled('no need'), ['card run', 'card approval', 'notice rollback-ended']],
  ])('%s', (_event, story, expected) => {
    expect(following(story)).toEqual(expect.arrayContaining(expected));
  });

  it('a step that was done or stopped asks nobody for anything', () => {
    const stopped = aRun().started().startStep('rollback').finishStep('rollback', { outcome: 'cancelled' });
    expect(following(aRun().started().didSteps(['rollback']))).toEqual(['card run']);
    expect(following(stopped)).toEqual(['card run']);
  });

  it('every event that changes something is shown on a card', () => {
    for (const event of everything()) {
      expect([event.type, reactTo(event).some(({ kind }) => kind === 'card')]).toEqual([event.type, true]);
    }
  });

  it('the card comes before what is said under it', () => {
    for (const event of everything()) {
      const kinds = reactTo(event).map(({ kind }) => kind);
      if (kinds.includes('notice')) expect(kinds.lastIndexOf('card')).toBeLessThan(kinds.indexOf('notice'));
    }
  });

  it('a manual step asks for its person; a wait wakes the run at its time', () => {
    const plan = aPlan({ steps: [aStep.wait(), aStep.manual(), aStep.http()] });
    const until = '2026-01-05T03:01:00.000Z';
    const waiting = aRun({ plan }).started().startStep('settle').waitAt('settle', until);
    expect(reactTo(last(waiting))).toContainEqual({ kind: 'wake', run: 'RUN-31', at: until });
    expect(following(aRun({ plan }).started().didSteps(['settle']).startStep('look').waitAt('look'))).toEqual(
      ['card run', 'card approval', 'notice step-needs-person', 'tell-incident'],
    );
  });

  it('an approval expires for the digest and at the time of its plan', () => {
    const { digest, expiresAt } = aRun().build();
    expect(reactTo(last(aRun()))).toContainEqual({ kind: 'expire', run: 'RUN-31', digest, at: expiresAt });
  });

  it('broken glass is announced; what waits for the next deployment never expires', () => {
    const broken = aRun()
      .glassBrokenBy('U0ADMIN')
      .events()
      .find(({ type }) => type === 'glass.broken');
    expect(broken && reactTo(broken)).toContainEqual(
      expect.objectContaining({ kind: 'notice', notice: 'glass-broken', event: broken?.id }),
    );
    for (const story of [aRun({ plan: forLater }), aRun().replan('severity-changed', forLater)])
      expect(following(story)).not.toContain('expire');
  });

  it('notices and files name their event, so that a repeated delivery is the same one', () => {
    for (const work of reactTo(last(failed()))) {
      if (work.kind === 'notice' || work.kind === 'output-file') expect(work.event).toBe(last(failed()).id);
    }
  });

  it('nothing follows from a press that did not count', () => {
    const [event] = aRun().events();
    if (event === undefined) throw new Error('a story has events');
    expect(
      reactTo({ ...event, type: 'approval.refused', payload: { press: 'approve', refusal: 'own-request' } }),
    ).toEqual([]);
  });

  it('all of it is fit for a queue', () => {
    for (const work of everything().flatMap(reactTo)) {
      expect(parseWork(queueOf(work), JSON.parse(JSON.stringify(work)))).toEqual(work);
    }
  });
});
