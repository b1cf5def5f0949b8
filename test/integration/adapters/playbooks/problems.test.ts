import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { checkConfiguration } from '../../../../src/adapters/playbooks/check-configuration.ts';
import { formatProblem } from '../../../../src/domain/problem/problem.ts';
import { drawMrkdwn } from '../../../../src/slack/kit/mrkdwn.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../../support/configuration-folder.ts';

const check = async (files: Record<string, string>) => {
  const root = await aFolder({
    'walkback.yml': SOUND_TEAM,
    'playbooks/undo.yml': SOUND_PLAYBOOK,
    ...files,
  });
  const { problems } = await checkConfiguration({ root, draw: drawMrkdwn });
  return problems.map((problem) => formatProblem(problem).split('\n')[0]);
};

const playbook = (change: readonly [string, string], ...more: readonly (readonly [string, string])[]) =>
  check({ 'playbooks/undo.yml': edit(SOUND_PLAYBOOK, [change, ...more]) });

const team = (change: readonly [string, string], ...more: readonly (readonly [string, string])[]) =>
  check({ 'walkback.yml': edit(SOUND_TEAM, [change, ...more]) });

function edit(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`nothing to replace: ${from}`);
    return result.replace(from, () => to);
  }, text);
}

it('finds nothing wrong with a sound configuration', async () => {
  expect(await check({})).toEqual([]);
});

it('finds nothing wrong with the configuration that comes with Walkback', async () => {
  expect(await checkConfiguration({ root: process.cwd(), draw: drawMrkdwn })).toMatchObject({
    problems: [],
    counts: { services: 1, playbooks: 3, templates: (await readdir('templates')).length },
  });
});

it('finds nothing wrong with the example in the documentation', async () => {
  const page = await readFile('docs/writing-a-playbook.md', 'utf8');
  const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
  expect(
    await check({
      'playbooks/undo-release.yml': example,
      'walkback.yml': SOUND_TEAM.replace('[undo]', '[undo, undo-release]'),
    }),
  ).toEqual([]);
});

it('names every value of a wrong shape at once, each at its own place', async () => {
  expect(
    await playbook(
      ['estimate: 5m', 'estimate: 5'],
      ['name: Roll back', 'name: ""'],
      ['[0, 2]', '[0, 2, 4]'],
      ['id: deploy', 'id: De ploy'],
      ['consecutive: 3', 'status: ok\n      consecutive: 3'],
    ),
  ).toEqual([
    'playbooks/undo.yml:4:11  estimate: expected a duration such as 30s, 5m or 2h, found 5',
    'playbooks/undo.yml:11:11  phases[0].name: expected a text of 1 to 60 characters, found ""',
    'playbooks/undo.yml:12:13  phases[0].window: expected two numbers, from and to, in minutes from the start of the run, found a list of 3',
    'playbooks/undo.yml:17:13  phases[0].steps[1].id: expected lower-case letters, digits and dashes, such as redeploy, found "De ploy"',
    'playbooks/undo.yml:26:15  verify[0].http.status: expected a whole number from 100 to 599, found "ok"',
  ]);
});

it('points at an unknown key itself, and at the parent of a missing one', async () => {
  expect(await playbook(['title: It answers', 'tittle: It answers'])).toEqual([
    'playbooks/undo.yml:22:5  verify[0].title: expected a text of 1 to 120 characters, found nothing',
    'playbooks/undo.yml:23:5  verify[0].tittle: expected one of the keys id, title, repeatable, http, found the unknown key "tittle", did you mean "title"?',
  ]);
  expect(await team(['    repository: https://git.example.com/shop.git\n', ''])).toEqual([
    'walkback.yml:16:3  services.shop.repository: expected a text that is not empty, found nothing',
  ]);
});

it('shows the key that a mistyped one most likely meant as the example', async () => {
  const root = await aFolder({
    'walkback.yml': SOUND_TEAM,
    'playbooks/undo.yml': SOUND_PLAYBOOK.replace('attempts: 30', 'attempt: 30'),
  });
  const { problems } = await checkConfiguration({ root, draw: drawMrkdwn });
  expect(problems).toMatchObject([{ line: 27, column: 7, example: 'attempts: 30' }]);
});

it('says which kinds a step has when it has not exactly one', async () => {
  const expected = 'expected a step with exactly one of git, run, http, manual, wait';
  expect(await playbook(['git: {}', 'git: {}\n        run: ls'])).toEqual([
    `playbooks/undo.yml:14:9  phases[0].steps[0]: ${expected}, found git and run`,
  ]);
  expect(await playbook(['git: {}', 'gti: {}'])).toEqual([
    `playbooks/undo.yml:14:9  phases[0].steps[0]: ${expected}, found a mapping with id, title, gti`,
  ]);
  expect(await playbook(['  - id: look', '  - just text\n  - id: look'])).toEqual([
    `playbooks/undo.yml:28:5  verify[1]: ${expected}, found "just text"`,
  ]);
});

it('speaks of the kind of step that was meant', async () => {
  expect(await playbook(['git: {}', 'git: { method: tre, pats: [a] }'])).toEqual([
    'playbooks/undo.yml:16:24  phases[0].steps[0].git.method: expected one of tree, paths, revert, reset, found "tre"',
    'playbooks/undo.yml:16:29  phases[0].steps[0].git.pats: expected one of the keys method, paths, found the unknown key "pats", did you mean "paths"?',
  ]);
});

it('holds a playbook against every rule at once', async () => {
  expect(
    await playbook(
      ['    description: Where\n', '    description: Where\n    pattern: "["\n'],
      ['default: eu', 'default: fr'],
      ['window: [0, 2]', 'window: [3, 2]'],
      ['git: {}', 'git: { paths: [a] }'],
      ['id: deploy', 'id: rollback'],
      ['$PARAM_REGION', '$PARAM_X'],
      ['./web/', '../web'],
      ['${region}', '${regoin}'],
      ['consecutive: 3', 'consecutive: 31'],
    ),
  ).toEqual([
    'playbooks/undo.yml:8:14  parameters[0].pattern: expected a regular expression, found "["',
    'playbooks/undo.yml:10:14  parameters[0].default: expected one of eu, us, found "fr"',
    'playbooks/undo.yml:13:13  phases[0].window: expected an end later than its start, found [3, 2]',
    'playbooks/undo.yml:17:16  phases[0].steps[0].git.paths: expected paths only with the method paths, found the method tree',
    'playbooks/undo.yml:18:13  phases[0].steps[1].id: expected an id that no other step of the playbook has, found "rollback" a second time',
    'playbooks/undo.yml:20:14  phases[0].steps[1].run: expected $PARAM_REGION, found $PARAM_X',
    'playbooks/undo.yml:21:20  phases[0].steps[1].directory: expected a directory below the environment\'s, without ".." and not absolute, found "../web"',
    'playbooks/undo.yml:26:12  verify[0].http.url: expected ${region}, ${WALKBACK_SERVICE}, ${WALKBACK_BRANCH} or an environment variable in capitals, found ${regoin}',
    'playbooks/undo.yml:27:20  verify[0].http.consecutive: expected at most as many as attempts, which is 30, found 31',
  ]);
});

it('lets a playbook have one git step, with its paths, and none in verify', async () => {
  expect(await playbook(['git: {}', 'git: { method: paths }'])).toEqual([
    'playbooks/undo.yml:16:9  phases[0].steps[0].git.paths: expected paths, which the method paths needs',
  ]);
  expect(await playbook(['run: ./deploy.sh "$PARAM_REGION"\n        directory: ./web/', 'git: {}'])).toEqual([
    'playbooks/undo.yml:19:9  phases[0].steps[1].git: expected one git step in a playbook, found another one',
  ]);
  expect(await playbook(['manual: { instruction: Is it well?, role: responder }', 'git: {}'])).toEqual([
    'playbooks/undo.yml:30:5  verify[1].git: expected a run, http, manual or wait step in verify, found a git step',
  ]);
  expect(await playbook(['git: {}', 'git: { method: paths, paths: [ok, ../up] }'])).toEqual([
    'playbooks/undo.yml:16:43  phases[0].steps[0].git.paths[1]: expected a path inside the repository, without "..", found "../up"',
  ]);
});

it("refuses durations that a timer can not keep, phases out of order and a name that is not the file's", async () => {
  expect(
    await playbook(
      ['name: undo', 'name: undoo'],
      ['estimate: 5m', 'estimate: 0s'],
      ['directory: ./web/', 'timeout: 30d'],
      [
        'verify:',
        '  - name: Early\n    window: [0, 1]\n    steps: [{ id: pause, title: Pause, wait: 1m }]\nverify:',
      ],
      ['[0, 2]', '[1, 2]'],
    ),
  ).toEqual([
    'playbooks/undo.yml:1:7  name: expected the name of the file, undo, found "undoo"',
    'playbooks/undo.yml:4:11  estimate: expected more than nothing and at most 24h, found "0s"',
    'playbooks/undo.yml:20:18  phases[0].steps[1].timeout: expected more than nothing and at most 24h, found "30d"',
    'playbooks/undo.yml:22:13  phases[1].window: expected a start at 1 or later, as the phase before, found [0, 1]',
  ]);
});

it('holds a playbook and the team that uses it against each other, each at its own place', async () => {
  expect(await playbook(['role: responder', 'role: boss'], ['HEALTH_URL}', 'OTHER_URL}'])).toEqual([
    'playbooks/undo.yml:30:47  verify[1].manual.role: expected one of the roles of walkback.yml: responder, approver, found "boss"',
    'walkback.yml:23:9  services.shop.environments.production.variables.OTHER_URL: expected a value, which a url of the playbook undo needs, found nothing',
  ]);
  expect(await team(['        directory: /srv/shop\n', ''])).toEqual([
    'walkback.yml:21:7  services.shop.environments.production.directory: expected a directory, which the step deploy of the playbook undo starts from, found nothing',
  ]);
});

it('holds walkback.yml against every rule at once, together with what its playbooks need', async () => {
  expect(
    await team(
      ['[U1RESPONDER]', '[]'],
      ['request: [responder]', 'request: [nobody]'],
      ['roles: [approver] } }\n  P1', 'roles: [boss] } }\n  P1'],
      ['count: 2', 'count: 3'],
      ['https://git.example.com/shop.git', '--upload-pack=x'],
      ['[undo]', '[undo, redo]'],
      ['directory: /srv/shop', 'directory: srv'],
      ['HEALTH_URL: https', 'PARAM_X: a\n          HEALTH_URL: ftp'],
    ),
  ).toEqual([
    'walkback.yml:4:3  warning: roles.responder: expected somebody in the role, found nobody',
    'walkback.yml:7:13  permissions.request[0]: expected one of the roles responder, approver, found "nobody"',
    'walkback.yml:11:69  severities.P0.approval.roles[0]: expected one of the roles responder, approver, found "boss"',
    'walkback.yml:13:87  severities.P2.approval.count: expected a count of at most 2, the number of people in approver, found 3',
    'walkback.yml:18:17  services.shop.repository: expected an absolute path, https://, ssh://, file:/// or user@host:path, found "--upload-pack=x"',
    'walkback.yml:19:23  services.shop.playbooks[1]: expected one of undo, found "redo"',
    'walkback.yml:22:20  services.shop.environments.production.directory: expected an absolute path without "..", found "srv"',
    'walkback.yml:24:11  services.shop.environments.production.variables.PARAM_X: expected a name that starts with neither PARAM_ nor WALKBACK_, which are set for every step, found "PARAM_X"',
    'walkback.yml:25:23  services.shop.environments.production.variables.HEALTH_URL: expected a whole http or https url in the step healthy of undo (shop, production), found "ftp://shop.example.com/healthz?in=sample"',
  ]);
});

it('names wrong ids, keys and severities of walkback.yml', async () => {
  expect(
    await team(
      ['C024BE91L', 'general'],
      ['U2APPROVER', '"@bob"'],
      ['P3:', 'P4:'],
      ['title: Web shop', 'title: 5'],
      ['HEALTH_URL: https://shop.example.com/healthz', 'health: 3000'],
    ),
  ).toEqual([
    'walkback.yml:2:14  channels.incidents: expected a Slack channel id such as C024BE91L, found "general"',
    'walkback.yml:5:14  roles.approver[0]: expected the id of a Slack user or user group, such as U024BE7LH or S024BE7LH, found "@bob"',
    'walkback.yml:10:1  severities.P3: expected a mapping with title, criteria, approval, respondWithin, rollback, ladder, updates, ownChannel, found nothing',
    'walkback.yml:14:3  severities.P4: expected one of the keys P0, P1, P2, P3, found the unknown key "P4"',
    'walkback.yml:17:12  services.shop.title: expected a text of 1 to 75 characters, in quotes, found 5',
    'walkback.yml:24:11  services.shop.environments.production.variables.health: expected as a key a name in capitals, digits and underscores, such as HEALTH_URL, found "health"',
    'walkback.yml:24:19  services.shop.environments.production.variables.health: expected a text, in quotes, found 3000',
  ]);
});

it('checks the severity policy and the business hours as a whole', async () => {
  expect(
    await team(
      ['unlock: [approver]', 'unlock: [approver]\n  respond: [responders]\n  breakGlass: [god]'],
      [
        'approval: { roles: [approver] } }',
        'approval: { roles: [approver], raiseTo: [boss] }, ladder: [{ role: approver, after: 0m }, { role: aprover, after: 15m }], rollback: { decision: automatic, after: 20m, warnAt: [10m, 20m] } }',
      ],
      ['services:', 'businessHours: { timeZone: Europe/Zurigo, from: "17:00", to: "09:00" }\nservices:'],
    ),
  ).toEqual([
    'walkback.yml:10:13  permissions.respond[0]: expected one of the roles responder, approver, found "responders", did you mean "responder"?',
    'walkback.yml:11:16  permissions.breakGlass[0]: expected one of the roles responder, approver, found "god"',
    'walkback.yml:13:90  severities.P0.approval.raiseTo[0]: expected one of the roles responder, approver, found "boss"',
    'walkback.yml:13:147  severities.P0.ladder[1].role: expected one of the roles responder, approver, found "aprover", did you mean "approver"?',
    'walkback.yml:13:230  severities.P0.rollback.warnAt[1]: expected a time before the rollback itself, which starts after 20 min, found "20m"',
    'walkback.yml:17:28  businessHours.timeZone: expected the name of an IANA time zone, such as Europe/Zurich, found "Europe/Zurigo"',
    'walkback.yml:17:62  businessHours.to: expected a time of day after 17:00, when business hours begin, found "09:00"',
  ]);
});

it.each(['UTC', 'Europe/Zurich', 'America/Argentina/Buenos_Aires'])(
  'knows the time zone %s',
  async (zone) => {
    expect(await team(['services:', `businessHours: { timeZone: ${zone} }\nservices:`])).toEqual([]);
  },
);

it('wants the name of a time zone, not an offset, which knows no change of the clocks', async () => {
  expect(await team(['services:', 'businessHours: { timeZone: "+01:00" }\nservices:'])).toEqual([
    'walkback.yml:15:28  businessHours.timeZone: expected the name of an IANA time zone, such as Europe/Zurich, found "+01:00"',
  ]);
});

it("doesn't count approvers where a user group may bring more", async () => {
  const count = ['count: 2', 'count: 4'] as const;
  expect(await team(count)).toHaveLength(1);
  expect(
    await team(count, ['approver: [U2APPROVER, U3APPROVER]', 'approver: [U2APPROVER, S0SENIORS]']),
  ).toEqual([]);
});

it('accepts the addresses that git knows, and no option or relative path among them', async () => {
  const address = (text: string) => team(['https://git.example.com/shop.git', JSON.stringify(text)]);
  for (const good of [
    '/srv/git/shop.git',
    'ssh://git@git.example.com/shop',
    'git@git.example.com:team/shop.git',
    'file:///srv/shop.git',
  ])
    expect(await address(good), good).toEqual([]);
  for (const bad of ['-x', '../shop', 'shop', 'git@git.example.com:-x', 'ext::sh -c id', 'file://'])
    expect(await address(bad), bad).toHaveLength(1);
});

it('reports what is not YAML by line and column', async () => {
  expect(await playbook(['title: Undo it', 'title: Undo it\n        title: again'])).toEqual([
    'playbooks/undo.yml:16:9  syntax: expected each key once in a mapping, found a key for the second time',
  ]);
  expect(await playbook(['git: {}', 'run: !!js/function x'])).toEqual([
    'playbooks/undo.yml:16:14  syntax: expected plain YAML without tags of its own; a text that starts with ! needs quotes, found run: !!js/function x',
  ]);
});

it('refuses an empty file, an alias bomb, a huge file and a file that is not named like a playbook', async () => {
  const bomb =
    'a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]';
  expect(await check({ 'playbooks/undo.yml': '' })).toEqual([
    'playbooks/undo.yml:1:1  (file): expected a mapping with name, title, description, estimate, parameters, phases, verify, found nothing',
  ]);
  expect(await check({ 'playbooks/undo.yml': bomb })).toEqual([
    'playbooks/undo.yml:1:1  aliases: expected aliases that exist and are used at most 50 times',
  ]);
  expect(await check({ 'playbooks/undo.yml': `# ${'x'.repeat(300_000)}` })).toEqual([
    'playbooks/undo.yml:1:1  size: expected at most 256 KiB',
  ]);
  expect(await check({ 'playbooks/Redo.yaml': SOUND_PLAYBOOK })).toEqual([
    'playbooks/Redo.yaml:1:1  file name: expected a name of lower-case letters, digits and dashes that ends with .yml, found "playbooks/Redo.yaml"',
  ]);
});

it('locates a value behind an alias where it was written', async () => {
  expect(
    await team(
      ['approver: [U2APPROVER, U3APPROVER]', 'approver: &people [u2, U3APPROVER]\n  admin: *people'],
      ['count: 2', 'count: 1'],
    ),
  ).toEqual([
    'walkback.yml:5:22  roles.approver[0]: expected the id of a Slack user or user group, such as U024BE7LH or S024BE7LH, found "u2"',
    'walkback.yml:5:22  roles.admin[0]: expected the id of a Slack user or user group, such as U024BE7LH or S024BE7LH, found "u2"',
  ]);
});

it('says what to do when there is no walkback.yml', async () => {
  const { problems } = await checkConfiguration({ root: await aFolder({}), draw: drawMrkdwn });
  expect(problems).toMatchObject([{ file: 'walkback.yml', line: 1, column: 1, found: 'nothing' }]);
});

it('wants time between the updates of an incident', async () => {
  const [from, to] = [
    'approval: { roles: [approver] } }',
    'approval: { roles: [approver] }, updates: { every: 0m } }',
  ];
  expect(await team([from, to])).toEqual([
    'walkback.yml:11:100  severities.P0.updates.every: expected at least 1s, found "0m"',
  ]);
});

it('takes bash, sh or a program with its options for a shell, and a version only as that of the target', async () => {
  const command = 'run: ./deploy.sh "$PARAM_REGION"';
  expect(await playbook([command, `${command}\n        shell: python3 -c`])).toEqual([]);
  expect(
    await playbook(
      [command, `${command}\n        shell: zsh`],
      ['consecutive: 3', 'version: v1.2.0\n      consecutive: 3'],
    ),
  ).toEqual([
    'playbooks/undo.yml:20:16  phases[0].steps[1].shell: expected bash, sh, or a program with its options, such as python3 -c, found "zsh"',
    'playbooks/undo.yml:27:16  verify[0].http.version: expected one of target, found "v1.2.0"',
  ]);
});

it('warns of a line whose failure nobody would see, and of checks that look at nothing', async () => {
  const command = 'run: ./deploy.sh "$PARAM_REGION"';
  expect(await playbook([command, `run: git fetch || true`])).toEqual([
    'playbooks/undo.yml:19:14  warning: phases[0].steps[1].run: expected a line whose failure counts, found "git fetch || true"',
  ]);
  const waits = edit(SOUND_PLAYBOOK, [
    ['http:\n      url: ${HEALTH_URL}?in=${region}\n      consecutive: 3\n      attempts: 30', 'wait: 1m'],
    ['manual: { instruction: Is it well?, role: responder }', 'wait: 1m'],
  ]);
  expect(await check({ 'playbooks/undo.yml': waits })).toEqual([
    'playbooks/undo.yml:22:3  warning: verify: expected a step that looks: time alone proves nothing, and the rollback would end unproven, found only waiting',
  ]);
});
