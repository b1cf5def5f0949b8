import { expect, it } from 'vitest';
import { peopleNeeded } from '../../../../src/slack/run/people-needed.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { aRun, REQUESTER } from '../../../support/run-builder.ts';

const team = {
  roles: { approver: ['UALEX', 'USAM', REQUESTER], lead: ['USAM', 'UKIM'], responder: [REQUESTER, 'UROBIN'] },
  permissions: { request: ['responder'], decide: ['lead'], unlock: ['lead'] },
};
const approval = {
  roles: ['approver', 'lead'],
  count: 2,
  requesterMayApprove: false,
  raiseTo: [],
  nextDeployment: false,
};

it('lets approve whoever holds a role, once each, but who asked and who has approved', () => {
  const run = aRun({ plan: aPlan({ approval }) });
  expect(peopleNeeded(run.build(), team).mayApprove).toEqual(['UALEX', 'USAM', 'UKIM']);
  expect(peopleNeeded(run.approvedBy('USAM').build(), team).mayApprove).toEqual(['UALEX', 'UKIM']);
});

it('lets the rung above approve as well once it was asked, and knows who may break the glass', () => {
  const run = aRun({ plan: aPlan({ approval: { roles: ['approver'] } }) })
    .raisedTo(['lead'])
    .build();
  expect(peopleNeeded(run, team)).toMatchObject({
    mayApprove: ['UALEX', 'USAM', 'UKIM'],
    raised: ['USAM', 'UKIM'],
    seniors: ['USAM', 'UKIM'],
  });
});

it('lets the requester approve where the severity does', () => {
  const plan = aPlan({ approval: { ...approval, requesterMayApprove: true } });
  expect(peopleNeeded(aRun({ plan }).build(), team).mayApprove).toContain(REQUESTER);
});

it('needs those alone who may decide, or who hold the role of a manual step', () => {
  const failed = aRun().started().startStep('rollback').finishStep('rollback', { outcome: 'failed' });
  expect(peopleNeeded(failed.build(), team).needed).toEqual(['USAM', 'UKIM']);
  const plan = aPlan({ steps: [aStep.manual(), aStep.http()] });
  const manual = aRun({ plan }).started().startStep('look').waitAt('look');
  expect(peopleNeeded(manual.build(), team).needed).toEqual([REQUESTER, 'UROBIN']);
});

it('names a user group as such, whoever of its people has approved already', () => {
  const group = { ...team, roles: { ...team.roles, lead: ['S0LEADS', 'USAM'] } };
  const run = aRun({ plan: aPlan({ approval }) }).approvedBy('USAM');
  expect(peopleNeeded(run.build(), group).mayApprove).toEqual(['UALEX', 'S0LEADS']);
});

it('names nobody for a role that walkback.yml has no longer', () => {
  const plan = aPlan({ approval: { ...approval, roles: ['constructor', 'gone'] } });
  expect(peopleNeeded(aRun({ plan }).build(), team).mayApprove).toEqual([]);
});
