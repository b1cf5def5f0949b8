import { describe, expect, it } from 'vitest';
import { SeverityPolicy, type Team } from '../../../../src/domain/team/team.ts';
import { judgeApprovals } from '../../../../src/slack/doctor/judge-approvals.ts';

const policy = (approval: Partial<SeverityPolicy['approval']>): SeverityPolicy => {
  const sound = SeverityPolicy.parse({
    title: 'Critical',
    criteria: 'All is down',
    approval: { roles: ['approver'] },
  });
  return { ...sound, approval: { ...sound.approval, ...approval } };
};

function judge({
  roles,
  approval = {},
  gone = [],
}: {
  readonly roles: Team['roles'];
  readonly approval?: Partial<SeverityPolicy['approval']>;
  readonly gone?: readonly string[];
}) {
  const P0 = policy(approval);
  const sound = policy({ requesterMayApprove: true });
  const team = {
    roles,
    permissions: { request: ['responder'], decide: ['responder'], unlock: ['approver'] },
    severities: { P0, P1: sound, P2: sound, P3: sound },
  };
  const people = new Map(
    Object.values(roles)
      .flat()
      .map((id) => [id, { shown: `@${id}`, amiss: gone.includes(id) ? 'is deactivated' : undefined }]),
  );
  return judgeApprovals(team, people)[0];
}

describe('judgeApprovals', () => {
  it('is content where enough others can approve, whoever asks', () => {
    const roles = { responder: ['ROBIN'], approver: ['ALEX', 'SAM'] };
    expect(judge({ roles, approval: { count: 2 } })).toEqual({
      level: 'ok',
      what: 'P0: 2 of approver must approve, 2 can',
    });
  });

  it('finds an approval that nobody could ever get, since the only approver is who asks', () => {
    const roles = { responder: ['ALEX'], approver: ['ALEX'] };
    expect(judge({ roles })).toMatchObject({
      level: 'problem',
      what: 'P0: 1 of approver must approve, but only 0 can, beside whoever asks',
    });
    expect(judge({ roles, approval: { requesterMayApprove: true } })?.level).toBe('ok');
  });

  it('warns where it depends on who asks, and names them', () => {
    const roles = { responder: ['ROBIN', 'ALEX'], approver: ['ALEX', 'SAM'] };
    expect(judge({ roles, approval: { count: 2 } })).toMatchObject({
      level: 'warning',
      what: 'P0: 2 of approver must approve, but when @ALEX asks, only 1 can',
    });
  });

  it('counts a person in two roles once', () => {
    const roles = { responder: ['ROBIN'], approver: ['ALEX'], senior: ['ALEX'] };
    expect(judge({ roles, approval: { roles: ['approver', 'senior'], count: 2 } })?.level).toBe('problem');
  });

  it("doesn't count people who can't act any more", () => {
    const roles = { responder: ['ROBIN'], approver: ['ALEX', 'SAM'] };
    expect(judge({ roles, approval: { count: 2 }, gone: ['SAM'] })?.level).toBe('problem');
  });

  it('finds that nobody can ask', () => {
    expect(judge({ roles: { responder: ['ROBIN'], approver: ['ALEX'] }, gone: ['ROBIN'] })).toMatchObject({
      level: 'problem',
      what: 'nobody can ask for a rollback: no active person in responder',
    });
  });
});
