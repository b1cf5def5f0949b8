import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { createTemplates } from '../../../../src/adapters/templates/create-templates.ts';
import { readTemplates } from '../../../../src/adapters/templates/read-templates.ts';
import { formatProblem } from '../../../../src/domain/problem/problem.ts';
import { hasEnded } from '../../../../src/domain/run/run.ts';
import { runMessage } from '../../../../src/engine/messages/run-message.ts';
import { messageData } from '../../../../src/engine/reactions/message-data.ts';
import { RunNoticeName } from '../../../../src/engine/reactions/notices.ts';
import { RunMessage } from '../../../../src/engine/reactions/run-message-data.ts';
import { drawMrkdwn } from '../../../../src/slack/kit/mrkdwn.ts';
import { aFolder } from '../../../support/configuration-folder.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { aRun, START } from '../../../support/run-builder.ts';

const FOR_STAKEHOLDERS = ['rollback-notification', 'rollback-outcome'] as const;
const RUN_TEMPLATES = [
  ...RunNoticeName.options,
  ...(['approval-request', 'approval-asked', 'approval-answered', 'run-over'] as const),
  ...FOR_STAKEHOLDERS,
] as const;
type RunTemplate = (typeof RUN_TEMPLATES)[number];

const shapes = { one: RunMessage };
const people = {
  mayApprove: ['U0APPROVER'],
  needed: ['U0REQUESTER', 'U0APPROVER'],
  raised: ['U0MANAGER'],
  seniors: ['U0SENIOR', 'S0SENIORS'],
};

async function complaintsAbout(text: string): Promise<readonly (string | undefined)[]> {
  const directory = await aFolder({ 'one.hbs': text });
  const { problems } = await readTemplates({ directory, shapes, draw: drawMrkdwn });
  return problems.map((problem) => formatProblem(problem).split('\n')[0]);
}

async function render(text: string, data: Partial<RunMessage>): Promise<string | undefined> {
  const directory = await aFolder({ 'one.hbs': text });
  const { problems, templates } = await readTemplates({ directory, shapes, draw: drawMrkdwn });
  expect(problems).toEqual([]);
  const message = runMessage(aRun().build(), { serviceTitle: 'Web shop', people }, START);
  return templates.get('one')?.({ ...message, ...data });
}

it('refuses raw output', async () => {
  expect(await complaintsAbout('fine {{reason}}\n  {{{reason}}} and {{&reason}}')).toEqual([
    'templates/one.hbs:2:3  raw output: expected two braces, so that what people typed is escaped, found {{{ or {{&',
    'templates/one.hbs:2:20  raw output: expected two braces, so that what people typed is escaped, found {{{ or {{&',
  ]);
});

it('refuses variables that there are not, wherever they stand', async () => {
  const unknown = (line: number, column: number, name: string) =>
    expect.stringMatching(
      new RegExp(`^templates/one\\.hbs:${line}:${column} {2}variable: .*, found ${name}$`),
    );
  expect(
    await complaintsAbout(
      [
        '{{resaon}}',
        '{{#if nothing}}a{{/if}}',
        '{{#each actions}}{{title}}{{run}}{{../run}}{{../../run}}{{/each}}',
        '{{#each authors}}{{this}}{{title}}{{/each}}',
        '{{mention nobody}}',
        '{{#if (eq stat "x")}}{{/if}}',
        '{{@index}}{{#each actions}}{{@index}}{{@root}}{{/each}}',
        '{{#if run}}x{{else}}{{elsewhere}}{{/if}}',
        '{{constructor}}{{this.run}}{{actions.length}}',
      ].join('\n'),
    ),
  ).toEqual([
    unknown(1, 3, 'resaon'),
    unknown(2, 7, 'nothing'),
    unknown(3, 29, 'run'),
    unknown(3, 46, '../../run'),
    unknown(4, 28, 'title'),
    unknown(5, 11, 'nobody'),
    unknown(6, 11, 'stat'),
    unknown(7, 3, '@index'),
    unknown(7, 40, '@root'),
    unknown(8, 23, 'elsewhere'),
    unknown(9, 3, 'constructor'),
    unknown(9, 30, 'actions.length'),
  ]);
});

it('answers a misspelt name with the three nearest, helpers and names further out too', async () => {
  expect(
    await complaintsAbout('{{resaon}}\n{{#each actions}}{{servce}}{{/each}}\n{{mentoin requestedBy}}'),
  ).toEqual([
    expect.stringMatching(
      /^templates\/one\.hbs:1:3 {2}variable: expected reason, \w+ or \w+, the nearest of \d+ variables, found resaon$/,
    ),
    expect.stringMatching(
      /^templates\/one\.hbs:2:20 {2}variable: expected \.\.\/service\w*, .*, found servce$/,
    ),
    expect.stringMatching(/^templates\/one\.hbs:3:3 {2}helper: expected mention, .*, found mentoin$/),
  ]);
});

it('refuses unknown helpers, wrong arguments, partials, and blocks of other kinds', async () => {
  expect(
    (
      await complaintsAbout(
        [
          '{{shout reason}}',
          '{{#if (lookup actions 0)}}{{/if}}',
          '{{plural commitCount}}{{mention requestedBy as="x"}}',
          '{{> footer}}',
          '{{#authors}}{{/authors}}',
          '{{#each authors as |author|}}{{/each}}',
          '{{#each reason}}{{/each}}',
          '{{#with actions}}{{/with}}',
          '{{actions}}',
        ].join('\n'),
      )
    ).map((line) => line?.replace(/: expected.*, found/, ', found')),
  ).toEqual([
    'templates/one.hbs:1:3  helper, found shout',
    'templates/one.hbs:2:8  helper, found lookup',
    'templates/one.hbs:3:3  helper plural, found 1',
    'templates/one.hbs:3:25  helper mention, found named arguments',
    'templates/one.hbs:4:1  partials and decorators, found {{> ...}}, which would put another template in',
    'templates/one.hbs:5:1  block, found #authors',
    'templates/one.hbs:6:1  block, found #each with "as |...|"',
    'templates/one.hbs:7:1  #each, found a text or a number',
    'templates/one.hbs:8:1  #with, found a list',
    'templates/one.hbs:9:1  output, found a list',
  ]);
});

it('reports syntax errors by line and column', async () => {
  const place = async (text: string) => (await complaintsAbout(text)).map((line) => line?.split('  ')[0]);
  expect(await place('one\n{{#if run}} two')).toEqual(['templates/one.hbs:2:16']);
  expect(await place('one\n {{#if run}}two{{/each}}')).toEqual(['templates/one.hbs:2:5']);
  expect(await place('one\ntwo {{run')).toEqual(['templates/one.hbs:2:7']);
  expect(await place('{{else}}')).toEqual(['templates/one.hbs:1:1']);
});

it.each([
  ['{{#if run}}x{{/each}}', 'expected {{/if}} as the end of {{#if}}, found {{/each}}'],
  ['{{#if reason == "a"}}{{/if}}', 'found an = sign: two things are compared by {{#if (eq a b)}}'],
  ['{{}}', 'found the end }} where a name was to come'],
  [
    '{{reason.length}}',
    'expected reason, which is a text or a number with nothing in it, found reason.length',
  ],
  ['{{../reason}}', 'expected reason,'],
])('says in plain words what is wrong with %s', async (text, words) => {
  expect((await complaintsAbout(text)).join('\n')).toContain(words);
});

it('answers the file of a misspelt template with the one that is missing, and any other with the nearest three', async () => {
  const directory = await aFolder({ 'run-ovr.hbs': 'hello', 'farewell.hbs': 'bye' });
  const { problems } = await readTemplates({ directory, shapes: messageData, draw: drawMrkdwn });
  const about = (file: string) => problems.find((problem) => problem.file === `templates/${file}`);
  expect(about('run-ovr.hbs')).toMatchObject({ expected: 'run-over', example: 'templates/run-over.hbs' });
  expect(about('farewell.hbs')?.expected).toMatch(/^[\w-]+, [\w-]+ or [\w-]+, the nearest of \d+ templates$/);
});

it('reports templates that are missing and templates that nothing uses', async () => {
  const directory = await aFolder({ 'two.hbs': 'hello', 'README.md': 'about' });
  const { problems } = await readTemplates({ directory, shapes, draw: drawMrkdwn });
  expect(problems).toMatchObject([
    { file: 'templates/one.hbs', found: 'no such file' },
    { file: 'templates/two.hbs', found: 'a template that nothing uses' },
  ]);
});

it('makes what people typed inert: it pings nobody, links nowhere and stays in its place', async () => {
  const reason = '<!channel> & <@U1> <https://evil.example.com|click>';
  const inert = '&lt;!channel&gt; &amp; &lt;@U1&gt; &lt;https://evil.example.com|click&gt;';
  expect(await render('{{reason}}', { reason })).toBe(inert);
  expect(await render('{{quote reason}}', { reason })).toBe(`> ${inert}`);
  expect(await render('{{line reason}}', { reason })).toBe(inert);
  expect(await render('{{join authors ", "}}', { authors: ['<@U1>', 'Ada'] })).toBe('&lt;@U1&gt;, Ada');
  expect(await render('{{mention reason}} {{channel reason}} {{date reason}}', { reason: '<@U1>' })).toBe(
    '&lt;@U1&gt; &lt;@U1&gt; &lt;@U1&gt;',
  );
  expect(await render('{{code reason}}', { reason: 'a`b\nc' })).toBe('`aˋb c`');
});

it('quotes typed text line by line, bounded, with fences broken and direction marks shown', async () => {
  const quoted = (reason: string) => render('{{quote reason}}\nafter', { reason });
  expect(await quoted('one\r\ntwo\u2028three')).toBe('> one\n> two\n> three\nafter');
  expect(await quoted('```all the rest')).toBe('> `\u200b`\u200b`all the rest\nafter');
  expect(await quoted('abc\u202edef')).toBe('> abc\ufffddef\nafter');
  expect(await quoted('x'.repeat(5_000))).toBe(`> ${'x'.repeat(999)}…\nafter`);
  expect((await quoted('y\n'.repeat(400)))?.split('\n')).toHaveLength(21);
});

it('builds mentions, dates, durations and counts from checked values', async () => {
  expect(
    await render(
      '{{mention requestedBy}} {{time startedAt}} {{date expiresAt}} {{duration estimateMs}} {{plural fileCount "file" "files"}} {{short newCommit}}',
      {
        requestedBy: 'U1',
        startedAt: '2026-01-05T03:00:00.000Z',
        estimateMs: 90_000,
        fileCount: 1,
        newCommit: 'abcdef0123',
      },
    ),
  ).toBe(
    '<@U1> <!date^1767582000^{time}|2026-01-05 03:00 UTC> <!date^1767583800^{date_short_pretty} {time}|2026-01-05 03:30 UTC> 1 min 30 s 1 file abcdef0',
  );
});

it('mentions a user group as such', async () => {
  expect(await render('{{mention requestedBy}}', { requestedBy: 'S0LEADS' })).toBe('<!subteam^S0LEADS>');
  expect(await render('{{mention requestedBy}}', { requestedBy: 'S0|<!channel>' })).toBe(
    'S0|&lt;!channel&gt;',
  );
});

it('has a template for every message about a run, and each renders every kind of run', async () => {
  const templates = await createTemplates({ root: process.cwd(), draw: drawMrkdwn });
  const plan = aPlan({ steps: [aStep.git(), aStep.manual(), aStep.http()] });
  const runs = [
    aRun().build(),
    aRun().deniedBy('U0APPROVER', 'not <!here> now').build(),
    aRun().expired().build(),
    aRun().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded().build(),
    aRun().started().startStep('rollback').failed('rollback', 'push refused').build(),
    aRun().started().startStep('rollback').interruptStep('rollback').build(),
    aRun({ plan }).started().didSteps(['rollback']).startStep('look').waitAt('look').build(),
    aRun({ incident: 'INC-12' }).raisedTo(['manager']).build(),
    aRun().replan('severity-changed', aPlan()).deferred().build(),
    aRun().glassBrokenBy('U0SENIOR', 'not <!here> now').started().build(),
    aRun().approvedByPolicy().started().failed('rollback', 'push refused').build(),
  ];
  const ended = runs.filter(hasEnded);
  const endedBadly = ended.filter((run) => run.status !== 'succeeded');
  for (const name of RUN_TEMPLATES)
    for (const run of name === 'rollback-ended' ? endedBadly : name === 'run-over' ? ended : runs) {
      const text = templates.render(name, runMessage(run, { serviceTitle: 'Web shop', people }, START));
      // What an approver decides on says what goes from what to what around it.
      if (name !== 'approval-request') expect(text).toContain('Web shop');
      // Stakeholders are told in plain words, and nobody of them is mentioned.
      if ((FOR_STAKEHOLDERS as readonly string[]).includes(name)) expect(text).not.toMatch(/RUN-|P1|INC-|<@/);
      expect(text).not.toMatch(/<!here>|\{\{|undefined|\[object|\n\n\n/);
      expect(text.length).toBeLessThan(3_000);
    }
});

it('tells of broken glass, of the policy and of the rung above, to whom it matters', async () => {
  const templates = await createTemplates({ root: process.cwd(), draw: drawMrkdwn });
  const tell = (name: RunTemplate, story: ReturnType<typeof aRun>) =>
    templates.render(name, runMessage(story.build(), { serviceTitle: 'Web shop', people }, START));
  const glass = () => aRun({ incident: 'INC-12' }).glassBrokenBy('U0SENIOR', 'nobody answers');
  const announced = tell('glass-broken', glass());
  expect(announced).toMatch(/<@U0SENIOR> broke the glass: .*v1\.3\.0.* P1 needs\.\* RUN-31, INC-12/);
  expect(announced).toContain('nobody answers');
  expect(announced).toContain('For <@U0SENIOR>, <!subteam^S0SENIORS>: please look');
  expect(announced).toContain('`/rollback cancel RUN-31`');
  const ended = glass().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded();
  expect(tell('rollback-completed', ended)).toMatch(/Glass broken by <@U0SENIOR>.*: nobody answers/);
  const policy = aRun().approvedByPolicy().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded();
  expect(tell('rollback-completed', policy)).toContain(
    'Approved by policy: P1, 30 minutes without a fix, INC-12',
  );
  const raised = aRun({ plan: aPlan({ approval: { raiseTo: ['manager'] } }) }).raisedTo(['manager']);
  expect(tell('approval-raised', raised)).toMatch(
    /manager may approve as well now: <@U0MANAGER>\. .*\n.*expires/,
  );
  const listed = aRun()
    .replan('severity-changed', aPlan({ severity: 'P3' }))
    .deferred();
  expect(tell('approval-needed-again', listed)).toMatch(
    /severity is P3 now[\s\S]*list for the next deployment/,
  );
});

it('tells nobody that a run with a skipped step brought the service back', async () => {
  const templates = await createTemplates({ root: process.cwd(), draw: drawMrkdwn });
  const skipped = aRun()
    .started()
    .didSteps(['rollback'])
    .startStep('deploy')
    .finishStep('deploy', { outcome: 'failed' })
    .decide('deploy', 'skip', 'by hand')
    .didSteps(['healthy'])
    .succeeded()
    .build();
  const tell = (name: RunTemplate) =>
    templates.render(name, runMessage(skipped, { serviceTitle: 'Web shop', people }, START));
  expect(tell('rollback-completed')).toMatch(
    /v1\.3\.0.* isn't proven to run[\s\S]*“Deploy it” was skipped by <@\w+>: by hand/,
  );
  expect(tell('rollback-outcome')).toContain("We don't know yet whether that version runs");
  for (const name of ['rollback-completed', 'rollback-outcome'] as const)
    expect(tell(name)).not.toMatch(/is back on|works again|all checks passed|white_check_mark:\* /);
});

it('mentions those who are needed, and whoever asked once it is over', async () => {
  const templates = await createTemplates({ root: process.cwd(), draw: drawMrkdwn });
  const many = {
    ...people,
    mayApprove: ['U1', 'U2'],
    needed: ['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U8'],
  };
  const tell = (name: RunTemplate, story: ReturnType<typeof aRun>) =>
    templates.render(name, runMessage(story.build(), { serviceTitle: 'Web shop', people: many }, START));
  expect(tell('approval-needed-again', aRun().replan('branch-moved', aPlan()))).toContain(
    'Who may: <@U1>, <@U2>.',
  );
  expect(
    tell('step-needs-person', aRun().started().startStep('rollback').interruptStep('rollback')),
  ).toContain('For <@U1>, <@U2>, <@U3>, <@U4>, <@U5>, <@U6> and 2 more.');
  expect(
    tell('start-needs-person', aRun().approvedBy('U0A').hindered('the git server *was* away')),
  ).toContain('and 2 more.\nWhether the plan is still good could not be seen: the git server');
  expect(tell('rollback-ended', aRun().deniedBy('U0APPROVER', 'no'))).toContain(
    'For <@U0REQUESTER>, who asked for it.\n> no',
  );
});

it('tells at the end how long it took against the estimate, what was done when, what the checks said, and the commit', async () => {
  const templates = await createTemplates({ root: process.cwd(), draw: drawMrkdwn });
  const run = aRun()
    .started()
    .startStep('rollback')
    .after(20_000)
    .finishStep('rollback', { commit: 'c'.repeat(40) })
    .didSteps(['deploy'])
    .startStep('healthy')
    .finishStep('healthy', { summary: '5 good answers in a row' })
    .succeeded()
    .build();
  expect(
    templates.render('rollback-completed', runMessage(run, { serviceTitle: 'Web shop', people }, START)),
  ).toBe(`:white_check_mark: *Web shop (production) is back on v1.3.0 (7be46e1).* RUN-31
Took 30 s, expected 4 min. New commit \`ccccccc\`.

*What was done*
• <!date^1767582000^{time}|2026-01-05 03:00 UTC> Roll the branch back: done, 20 s
• <!date^1767582020^{time}|2026-01-05 03:00 UTC> Deploy it: done, 10 s

*Checks*
:white_check_mark: The shop answers: 5 good answers in a row`);
});

it('uses the templates of a team where it has some, and refuses to start on broken ones', async () => {
  const shipped = `${process.cwd()}/templates`;
  const files = await readdir(shipped);
  const texts = await Promise.all(
    files.map(async (file) => [`templates/${file}`, await readFile(`${shipped}/${file}`, 'utf8')]),
  );
  const own = { ...Object.fromEntries(texts), 'templates/rollback-completed.hbs': 'ours: {{run}}' };
  const message = runMessage(aRun().build(), { serviceTitle: 'Web shop', people }, START);
  expect(
    (await createTemplates({ root: await aFolder(own), draw: drawMrkdwn })).render(
      'rollback-completed',
      message,
    ),
  ).toBe('ours: RUN-31');
  expect(
    (await createTemplates({ root: await aFolder({}), draw: drawMrkdwn })).render(
      'rollback-completed',
      message,
    ),
  ).toContain('Web shop');
  const broken = {
    ...own,
    'templates/rollback-completed.hbs': '{{{run}}}',
    'templates/rollback-ended.hbs': '{{nope}}',
  };
  await expect(createTemplates({ root: await aFolder(broken), draw: drawMrkdwn })).rejects.toMatchObject({
    name: 'ConfigurationBroken',
    problems: [{ file: 'templates/rollback-completed.hbs' }, { file: 'templates/rollback-ended.hbs' }],
  });
});
