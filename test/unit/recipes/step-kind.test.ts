import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGit } from '../../../src/adapters/git/create-git.ts';
import { createHttpProbe } from '../../../src/adapters/http/http-probe.ts';
import { createCatalog } from '../../../src/adapters/playbooks/create-catalog.ts';
import { createCommandRunner } from '../../../src/adapters/shell/create-command-runner.ts';
import type { Plan } from '../../../src/domain/plan/plan.ts';
import type { Run } from '../../../src/domain/run/run.ts';
import type { PlanStep } from '../../../src/domain/steps/kinds.ts';
import { type ChangedSource, changedSource } from '../../support/changed-source.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../support/configuration-folder.ts';
import { aBlastRadius, aCommit, aPlan, aStep, badRelease } from '../../support/plan-builder.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { aRun, START } from '../../support/run-builder.ts';
import { textsOf } from '../../support/slack-rules.ts';

let source: ChangedSource;

/** The recipe, and nothing else: `note` is done by a worker, `call` by a person. */
beforeAll(async () => {
  source = await changedSource();
  const kinds = 'domain/steps/kinds.ts';
  const handlers = 'engine/steps/handlers.ts';
  await source.addFile('recipes/step-kind/note.ts', 'domain/steps/note.ts');
  await source.addFile('recipes/step-kind/note-handler.ts', 'engine/steps/note.ts');
  await source.addFile('recipes/step-kind/call.ts', 'domain/steps/call.ts');
  await source.addLine(kinds, { after: './manual.ts', line: "import { note } from './note.ts';" });
  await source.addLine(kinds, { after: './definition.ts', line: "import { call } from './call.ts';" });
  await source.addLine(kinds, { after: '  wait,', line: '  note,' });
  await source.addLine(kinds, { after: '  note,', line: '  call,' });
  await source.addLine(handlers, { after: './http.ts', line: "import { createNoteStep } from './note.ts';" });
  await source.addLine(handlers, { after: '  http: ', line: '  note: createNoteStep(),' });
}, 60_000);

afterAll(() => source.remove());

/** The boundary where a module of the copy gets the type of the real one that it was copied from. */
const load = async <Module>(file: string) => (await source.load(file)) as Module;

const STEPS = `      - id: tell
        title: Tell those who follow
        note: Caches are cold
      - id: phone
        title: Phone them
        call: { whom: the data centre, by: responder }
verify:`;
const PLAYBOOK = SOUND_PLAYBOOK.replace('verify:', STEPS);

async function problems(playbook: string): Promise<readonly string[]> {
  const { checkConfiguration } = await load<
    typeof import('../../../src/adapters/playbooks/check-configuration.ts')
  >('adapters/playbooks/check-configuration.ts');
  const root = await aFolder({ 'walkback.yml': SOUND_TEAM, 'playbooks/undo.yml': playbook });
  const found = await checkConfiguration({ root });
  return found.problems.map(
    (problem) => `${problem.line}  ${problem.what}: expected ${problem.expected}, found ${problem.found}`,
  );
}

async function plan(): Promise<Plan> {
  const { readPlaybook } = await load<typeof import('../../../src/adapters/playbooks/read-playbook.ts')>(
    'adapters/playbooks/read-playbook.ts',
  );
  const { renderPlan } = await load<typeof import('../../../src/domain/plan/render-plan.ts')>(
    'domain/plan/render-plan.ts',
  );
  const root = await aFolder({ 'walkback.yml': SOUND_TEAM });
  const file = { file: 'playbooks/undo.yml', text: PLAYBOOK, digest: 'f'.repeat(64) };
  const { loaded } = readPlaybook(file);
  if (loaded === undefined) throw new Error('the playbook could not be read');
  return renderPlan({
    team: await createCatalog({ root }).team(),
    service: 'shop',
    environment: 'production',
    loaded,
    parameters: { region: 'eu' },
    severity: 'P1',
    target: aCommit(),
    deployed: badRelease,
    blastRadius: aBlastRadius(),
  });
}

async function stepOf(kind: string): Promise<PlanStep> {
  const step = (await plan()).steps.find((candidate) => String(candidate.kind) === kind);
  if (step === undefined) throw new Error(`no step of the kind ${kind}`);
  return step;
}

/** A run that waits at this step, from stored events. */
async function runAt(step: PlanStep): Promise<Run> {
  const { parseRunEvent } =
    await load<typeof import('../../../src/domain/run/events.ts')>('domain/run/events.ts');
  const { foldRun } = await load<typeof import('../../../src/domain/run/evolve.ts')>('domain/run/evolve.ts');
  const steps = [aStep.manual({ id: step.id }), aStep.http()];
  const events = aRun({ plan: aPlan({ steps }) })
    .started()
    .startStep(step.id)
    .waitAt(step.id)
    .events();
  const stored = events.map((event) =>
    event.type === 'rollback.requested'
      ? { ...event, payload: { ...event.payload, plan: aPlan({ steps: [step, aStep.http()] }) } }
      : event,
  );
  const run = foldRun(stored.map(parseRunEvent));
  if (run === undefined) throw new Error('there were no events');
  return run;
}

describe('a source with two more kinds of steps', () => {
  it('compiles without complaint', { timeout: 240_000 }, () => {
    expect(source.compile()).toEqual([]);
  });

  it('reads a playbook with such steps', async () => {
    expect(await problems(PLAYBOOK)).toEqual([]);
  });

  it('names the kinds among the others, and says what is wrong with a step of each', async () => {
    expect(await problems(PLAYBOOK.replace('note: Caches', 'noet: Caches'))).toEqual([
      '21  phases[0].steps[2]: expected a step with exactly one of git, run, http, manual, wait, note, call, found a mapping with id, title, noet',
    ]);
    expect(await problems(PLAYBOOK.replace('Caches are cold', '""'))).toEqual([
      '23  phases[0].steps[2].note: expected a text that is not empty, found ""',
    ]);
    expect(await problems(PLAYBOOK.replace('by: responder', 'of: responder'))).toEqual([
      '26  phases[0].steps[3].call.by: expected a text that is not empty, found nothing',
      '26  phases[0].steps[3].call.of: expected one of the keys whom, by, found the unknown key "of"',
    ]);
  });

  it('holds the steps against the rules of their kind', async () => {
    expect(await problems(PLAYBOOK.replace('Caches are cold', '"Caches\\nare cold"'))).toEqual([
      '23  phases[0].steps[2].note: expected a note of one line, found "Caches\\nare cold"',
    ]);
  });

  it('knows whether the role exists that a step asks', async () => {
    expect(await problems(PLAYBOOK.replace('by: responder', 'by: respnder'))).toEqual([
      '26  phases[0].steps[3].call.by: expected one of the roles of walkback.yml: responder, approver, found "respnder", did you mean "responder"?',
    ]);
  });

  it('renders the steps into a plan that survives being stored', async () => {
    const { Plan: PlanOfCopy } =
      await load<typeof import('../../../src/domain/plan/plan.ts')>('domain/plan/plan.ts');
    const rendered = await plan();
    expect(rendered.steps.slice(2, 4)).toEqual([
      {
        kind: 'note',
        id: 'tell',
        title: 'Tell those who follow',
        phase: 'Roll back',
        repeatable: true,
        text: 'production: Caches are cold',
      },
      {
        kind: 'call',
        id: 'phone',
        title: 'Phone them',
        phase: 'Roll back',
        repeatable: true,
        whom: 'the data centre',
        by: 'responder',
      },
    ]);
    expect(PlanOfCopy.parse(JSON.parse(JSON.stringify(rendered)))).toEqual(rendered);
  });

  it('shows in View plan what they will do', async () => {
    const { planPieces } =
      await load<typeof import('../../../src/slack/plan/pieces.ts')>('slack/plan/pieces.ts');
    const pieces = planPieces(await plan(), 'a'.repeat(64)).flat();
    expect(pieces[3]).toBe(
      '*3. Tell those who follow* · Roll back · safe to repeat\na note\n```\nproduction: Caches are cold\n```',
    );
    expect(pieces[4]).toBe(
      '*4. Phone them* · Roll back · safe to repeat\na call by responder\n```\ncall the data centre\n```',
    );
  });

  it('executes the one by its handler', async () => {
    const { createStepHandlers } =
      await load<typeof import('../../../src/engine/steps/handlers.ts')>('engine/steps/handlers.ts');
    const { executeStep } =
      await load<typeof import('../../../src/engine/steps/execute.ts')>('engine/steps/execute.ts');
    const { isDoneByWorker } =
      await load<typeof import('../../../src/domain/steps/done.ts')>('domain/steps/done.ts');
    const root = await aFolder({ 'walkback.yml': SOUND_TEAM });
    const step = await stepOf('note');
    if (!isDoneByWorker(step)) throw new Error('a note is for a worker');
    const said: string[] = [];
    const handlers = createStepHandlers({
      git: createGit({ mirrors: root, environment: {} }),
      commands: createCommandRunner({ baseEnvironment: {}, redact: (text) => text }),
      http: createHttpProbe(),
      scratchDirectory: () => root,
    });
    const outcome = await executeStep(handlers, step, {
      run: aRun({ plan: aPlan({ service: 'shop' }) }).build(),
      at: '2026-01-05T03:00:00.000Z',
      signal: new AbortController().signal,
      log: quietLog,
      say: (text) => said.push(text),
      markProcess: async () => undefined,
    });
    expect(outcome).toEqual({ kind: 'succeeded', summary: 'noted' });
    expect(said).toEqual(['shop, production: Caches are cold\n']);
  });

  it('asks a person for the other, who alone may say that it is done', async () => {
    const { waitOf } = await load<typeof import('../../../src/engine/drive/step-events.ts')>(
      'engine/drive/step-events.ts',
    );
    const { decideStep } =
      await load<typeof import('../../../src/domain/run/decide-step.ts')>('domain/run/decide-step.ts');
    const { runCard } = await load<typeof import('../../../src/slack/run/card.ts')>('slack/run/card.ts');
    const run = await runAt(await stepOf('call'));
    const text = textsOf(runCard(run, { serviceTitle: 'Web shop', now: START, tail: '' }).blocks).join('\n');
    expect(text).toContain('✋ Web shop: needs a person for “Phone them”');
    expect(text).toContain(':hand: *Phone them* (responder)\nCall the data centre');

    const [step] = run.steps;
    expect(step && waitOf(step, START).payload).toMatchObject({ step: 'phone', until: null });
    const done = { step: 'phone', attempt: 1, decision: 'done', reason: null, mayDecide: ['admin'] } as const;
    const answer = (role: string) => decideStep(run, { ...done, person: { id: 'U1', roles: [role] } }).kind;
    expect(answer('responder')).toBe('accepted');
    expect(answer('admin')).toBe('refused');
  });
});
