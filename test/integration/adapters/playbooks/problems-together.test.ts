import { expect, it } from 'vitest';
import { checkConfiguration } from '../../../../src/adapters/playbooks/check-configuration.ts';
import { formatProblem } from '../../../../src/domain/problem/problem.ts';
import { drawMrkdwn } from '../../../../src/slack/kit/mrkdwn.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../../support/configuration-folder.ts';

type Change = readonly [string, string];

const edit = (text: string, changes: readonly Change[]): string =>
  changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`nothing to replace: ${from}`);
    return result.replace(from, () => to);
  }, text);

async function check({
  team = [],
  playbook = [],
  file = 'undo.yml',
}: {
  readonly team?: readonly Change[];
  readonly playbook?: readonly Change[];
  readonly file?: string;
}) {
  const root = await aFolder({
    'walkback.yml': edit(SOUND_TEAM, team),
    [`playbooks/${file}`]: edit(SOUND_PLAYBOOK, playbook),
  });
  return (await checkConfiguration({ root, draw: drawMrkdwn })).problems;
}

const lines = async (given: Parameters<typeof check>[0]) =>
  (await check(given)).map((problem) => formatProblem(problem).split('\n')[0]);

const examples = async (given: Parameters<typeof check>[0]) =>
  (await check(given)).map(({ line, column, found, example }) => ({ at: [line, column], found, example }));

it('reports wrong shapes, broken rules and what does not fit the team of one playbook at once', async () => {
  const found = await lines({
    playbook: [
      ['name: undo', 'name: undoo'],
      ['estimate: 5m', 'estimate: 5'],
      ['window: [0, 2]', 'window: [3, 2]'],
      ['git: {}', 'git: { method: paths, paths: [../up, 5] }'],
      ['id: deploy', 'id: rollback'],
      ['$PARAM_REGION', '$PARAM_X'],
      ['directory: ./web/', 'directory: ../web\n        tiemout: 5m'],
      ['HEALTH_URL}', 'OTHER_URL}'],
      ['role: responder', 'role: respnder'],
    ],
  });
  expect(found).toEqual([
    'playbooks/undo.yml:1:7  name: expected the name of the file, undo, found "undoo"',
    'playbooks/undo.yml:4:11  estimate: expected a duration such as 30s, 5m or 2h, found 5',
    'playbooks/undo.yml:12:13  phases[0].window: expected an end later than its start, found [3, 2]',
    'playbooks/undo.yml:16:39  phases[0].steps[0].git.paths[0]: expected a path inside the repository, without "..", found "../up"',
    'playbooks/undo.yml:16:46  phases[0].steps[0].git.paths[1]: expected a text that is not empty, in quotes, found 5',
    'playbooks/undo.yml:17:13  phases[0].steps[1].id: expected an id that no other step of the playbook has, found "rollback" a second time',
    'playbooks/undo.yml:19:14  phases[0].steps[1].run: expected $PARAM_REGION, found $PARAM_X',
    'playbooks/undo.yml:20:20  phases[0].steps[1].directory: expected a directory below the environment\'s, without ".." and not absolute, found "../web"',
    'playbooks/undo.yml:21:9  phases[0].steps[1].tiemout: expected one of the keys id, title, repeatable, timeout, retries, run, shell, directory, found the unknown key "tiemout", did you mean "timeout"?',
    'playbooks/undo.yml:31:47  verify[1].manual.role: expected one of the roles of walkback.yml: responder, approver, found "respnder", did you mean "responder"?',
    'walkback.yml:23:9  services.shop.environments.production.variables.OTHER_URL: expected a value, which a url of the playbook undo needs, found nothing',
  ]);
});

it('reports wrong shapes, broken rules and missing playbooks of walkback.yml at once', async () => {
  const found = await lines({
    team: [
      ['C024BE91L', 'general'],
      ['request: [responder]', 'request: [respnder]'],
      ['criteria: All is down, approval: { roles: [approver] }', 'approval: { roles: [aprover] }'],
      ['https://git.example.com/shop.git', '../shop.git'],
      ['[undo]', '[undo, redo]\n    brnch: main'],
      ['HEALTH_URL: https', 'WALKBACK_Y: a\n          HEALTH_URL: ftp'],
    ],
    playbook: [['role: responder', 'role: boss']],
  });
  expect(found).toEqual([
    'playbooks/undo.yml:30:47  verify[1].manual.role: expected one of the roles of walkback.yml: responder, approver, found "boss"',
    'walkback.yml:2:14  channels.incidents: expected a Slack channel id such as C024BE91L, found "general"',
    'walkback.yml:7:13  permissions.request[0]: expected one of the roles responder, approver, found "respnder", did you mean "responder"?',
    'walkback.yml:11:3  severities.P0.criteria: expected a text that is not empty, found nothing',
    'walkback.yml:11:46  severities.P0.approval.roles[0]: expected one of the roles responder, approver, found "aprover", did you mean "approver"?',
    'walkback.yml:18:17  services.shop.repository: expected an absolute path, https://, ssh://, file:/// or user@host:path, found "../shop.git"',
    'walkback.yml:19:23  services.shop.playbooks[1]: expected one of undo, found "redo"',
    'walkback.yml:20:5  services.shop.brnch: expected one of the keys title, repository, branch, migrations, releases, playbooks, environments, found the unknown key "brnch", did you mean "branch"?',
    'walkback.yml:25:11  services.shop.environments.production.variables.WALKBACK_Y: expected a name that starts with neither PARAM_ nor WALKBACK_, which are set for every step, found "WALKBACK_Y"',
    'walkback.yml:26:23  services.shop.environments.production.variables.HEALTH_URL: expected a whole http or https url in the step healthy of undo (shop, production), found "ftp://shop.example.com/healthz?in=sample"',
  ]);
});

it('reports a wrong file name together with everything else in the file', async () => {
  const found = await lines({
    file: 'Undo.yaml',
    playbook: [
      ['estimate: 5m', 'estimate: 5'],
      ['id: deploy', 'id: rollback'],
      ['role: responder', 'role: boss'],
    ],
  });
  expect(found).toEqual([
    'playbooks/Undo.yaml:1:1  file name: expected a name of lower-case letters, digits and dashes that ends with .yml, found "playbooks/Undo.yaml"',
    'playbooks/Undo.yaml:4:11  estimate: expected a duration such as 30s, 5m or 2h, found 5',
    'playbooks/Undo.yaml:17:13  phases[0].steps[1].id: expected an id that no other step of the playbook has, found "rollback" a second time',
    'playbooks/Undo.yaml:30:47  verify[1].manual.role: expected one of the roles of walkback.yml: responder, approver, found "boss"',
  ]);
});

it.each<readonly [string, { readonly team?: readonly Change[]; readonly playbook?: readonly Change[] }]>([
  ['a parameter without a name', { playbook: [['name: region', 'name: 5']] }],
  ['parameters under a mistyped key', { playbook: [['parameters:', 'paramters:']] }],
  ['choices that are no list', { playbook: [['[eu, us]', 'eu or us']] }],
  ['paths that are no list', { playbook: [['git: {}', 'git: { method: paths, paths: src }']] }],
  ['paths under a mistyped key', { playbook: [['git: {}', 'git: { method: paths, pats: [src] }']] }],
  ['attempts that are no number', { playbook: [['attempts: 30', 'attempts: many']] }],
  ['a step of no kind', { playbook: [['git: {}', 'gti: {}']] }],
  [
    'roles that are no mapping',
    { team: [['  responder: [U1RESPONDER]\n  approver: [U2APPROVER, U3APPROVER]', '  none']] },
  ],
  ['a person who is no user id', { team: [['U3APPROVER', 'bob']] }],
  ['people who are no list', { team: [['[U2APPROVER, U3APPROVER]', 'U2APPROVER']] }],
  ['an approval without roles', { team: [['{ roles: [approver], count: 2 }', '{ roles: [], count: 2 }']] }],
  ['a variable that is no text', { team: [['https://shop.example.com/healthz', '5']] }],
  ['a variable of a wrong name', { team: [['HEALTH_URL:', 'health_url:']] }],
  ['a directory that is no text', { team: [['/srv/shop', '5']] }],
  ['services that are a list', { team: [['services:\n  shop:', 'services:\n  - shop:']] }],
])('says one thing about %s, and nothing that only follows from it', async (_what, changes) => {
  expect(await lines(changes)).toHaveLength(1);
});

it('takes a role that is only named wrong for what it is meant to be', async () => {
  expect(await lines({ team: [['  approver: [', '  Approver: [']] })).toEqual([
    'walkback.yml:5:3  roles.Approver: expected as a key lower-case letters, digits and dashes, such as web-shop, found "Approver"',
  ]);
});

it('finds the duplicate id of a step whose kind is unknown', async () => {
  expect(
    await lines({
      playbook: [
        ['git: {}', 'gti: {}'],
        ['id: deploy', 'id: rollback'],
      ],
    }),
  ).toEqual([
    expect.stringContaining('phases[0].steps[0]: expected a step with exactly one of'),
    expect.stringContaining('undo.yml:17:13  phases[0].steps[1].id: expected an id that no other step'),
  ]);
});

it('gives examples that speak of what is wrong', async () => {
  const policy = (severity: string) =>
    `${severity}: { title: Low, criteria: Few notice it, approval: { roles: [approver] } }`;
  const [p1, p2] = SOUND_TEAM.split('\n').filter((line) => /^ {2}P[12]:/.test(line));
  expect(await examples({ team: [[`${p1}\n${p2}\n`, '']] })).toEqual([
    { at: [10, 1], found: 'nothing', example: policy('P1') },
    { at: [10, 1], found: 'nothing', example: policy('P2') },
  ]);
  expect(await examples({ team: [['P3:', 'P4:']] })).toEqual([
    { at: [10, 1], found: 'nothing', example: policy('P3') },
    { at: [14, 3], found: 'the unknown key "P4"', example: policy('P3') },
  ]);
  expect(
    await examples({ team: [['HEALTH_URL:', 'WALKBACK_Y: a\n          PORT: 80\n          HEALTH_URL:']] }),
  ).toEqual([
    { at: [24, 11], found: '"WALKBACK_Y"', example: 'APP_Y in place of WALKBACK_Y' },
    { at: [25, 17], found: '80', example: 'PORT: "80"' },
  ]);
  expect(await examples({ team: [['unlock: [approver]', 'unlock: [aprover]']] })).toEqual([
    { at: [9, 12], found: '"aprover", did you mean "approver"?', example: 'unlock: [approver]' },
  ]);
});
