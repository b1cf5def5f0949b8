import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/domain/run-events.ts';
import { FollowOn } from '../../../src/engine/follow-on.ts';
import { reactTo } from '../../../src/engine/reactions.ts';
import { aPlan, aStep } from '../../support/plan-builder.ts';
import { APPROVER, aRun, type RunBuilder } from '../../support/run-builder.ts';

const last = (story: RunBuilder): RunEvent => {
  const event = story.events().at(-1);
  if (event === undefined) throw new Error('a story has events');
  return event;
};
/** "card run", "notice rollback-started", "drive": what follows, in order. */
const following = (story: RunBuilder): readonly string[] =>
  reactTo(last(story)).map((work) =>
    work.kind === 'card' ? `card ${work.card}` : work.kind === 'notice' ? `notice ${work.notice}` : work.kind,
  );

const failed = () =>
  aRun()
    .started()
    .startStep('rollback')
    .finishStep('rollback', { outcome: 'failed', summary: 'exit code 1' });

describe('what follows from each event', () => {
  it.each([
    ['a request', aRun(), ['card approval', 'notice rollback-requested', 'expire']],
    [
      'a new plan',
      aRun().replan('branch-moved', aPlan()),
      ['card approval', 'card run', 'notice rollback-requested', 'expire'],
    ],
    ['a denial', aRun().deniedBy(APPROVER, 'no'), ['card approval', 'notice rollback-ended']],
    ['an expiry', aRun().expired(), ['card approval', 'notice rollback-ended']],
    ['the last approval', aRun().approvedBy(APPROVER), ['drive', 'card approval']],
    [
      'the start',
      aRun().started(),
      ['card approval', 'card run', 'notice rollback-started', 'notice rollback-notification'],
    ],
    ['a step started', aRun().started().startStep('rollback'), ['card run']],
    ['a step done', aRun().started().didSteps(['rollback']), ['card run']],
    ['a step failed', failed(), ['card run', 'notice step-needs-person', 'output-file']],
    [
      'a step stopped by cancelling',
      aRun().started().startStep('rollback').finishStep('rollback', { outcome: 'cancelled' }),
      ['card run'],
    ],
    [
      'a step interrupted',
      aRun().started().startStep('rollback').interruptStep('rollback'),
      ['card run', 'notice step-needs-person'],
    ],
    ['an answer to a step', failed().decide('rollback', 'retry'), ['drive', 'card run']],
    [
      'a wish to cancel',
      aRun().started().startStep('rollback').cancelRequestedBy(APPROVER),
      ['drive', 'card run'],
    ],
    ['success', aRun().started().succeeded(), ['card run', 'card approval', 'notice rollback-completed']],
    [
      'failure',
      failed().failed('rollback', 'aborted'),
      ['card run', 'card approval', 'notice rollback-ended'],
    ],
    ['cancelling', aRun().cancelled('no need'), ['card run', 'card approval', 'notice rollback-ended']],
  ])('%s', (_event, story, expected) => {
    expect(following(story)).toEqual(expected);
  });

  it('a manual step asks for its person; a wait wakes the run at its time', () => {
    const plan = aPlan({ steps: [aStep.wait(), aStep.manual(), aStep.http()] });
    const until = '2026-01-05T03:01:00.000Z';
    const waiting = aRun({ plan }).started().startStep('settle').waitAt('settle', until);
    expect(reactTo(last(waiting))).toContainEqual({ kind: 'wake', run: 'RUN-31', at: until });
    expect(following(aRun({ plan }).started().didSteps(['settle']).startStep('look').waitAt('look'))).toEqual(
      ['card run', 'notice step-needs-person'],
    );
  });

  it('an approval expires for the digest and at the time of its plan', () => {
    const { digest, expiresAt } = aRun().build();
    expect(reactTo(last(aRun()))).toContainEqual({ kind: 'expire', run: 'RUN-31', digest, at: expiresAt });
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
    const story = failed()
      .decide('rollback', 'retry')
      .didSteps(['rollback', 'deploy', 'healthy'])
      .succeeded();
    for (const work of story.events().flatMap(reactTo)) {
      expect(FollowOn.parse(JSON.parse(JSON.stringify(work)))).toEqual(work);
    }
  });
});
