import { expect, it } from 'vitest';
import { titleOfPlan } from '../../../../src/domain/plan/title-of-plan.ts';
import { runHeadline } from '../../../../src/slack/run/headline.ts';
import { incidentTeam } from '../../../support/incident-team.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { aRun } from '../../../support/run-builder.ts';

const planOf = (...paths: readonly string[]) =>
  aPlan({
    steps: [
      paths.length === 0 ? aStep.git() : aStep.git({ method: 'paths', paths: [...paths] }),
      aStep.run(),
      aStep.http(),
    ],
  });

it('calls a service by its title, and a part of it by its paths', () => {
  const titles = [planOf(), planOf('apps/web'), planOf('a', 'b', 'c', 'd'), aPlan({ service: 'gone' })];
  expect(titles.map((plan) => titleOfPlan(plan, incidentTeam))).toEqual([
    'Web shop',
    'apps/web of Web shop',
    'a, b and 2 more of Web shop',
    'gone',
  ]);
});

it('says afterwards of what was taken back in part that this part is back', () => {
  const plan = planOf('apps/web');
  const run = aRun({ plan }).started().didSteps(['rollback', 'deploy', 'healthy']).succeeded().build();
  expect(runHeadline(run, titleOfPlan(plan, incidentTeam))).toBe('✅ apps/web of Web shop is back on v1.3.0');
});
