import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadIncident } from '../../../src/engine/streams/incidents.ts';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { SLACK_ACTIONS } from '../../../src/slack/incident/actions/actions.ts';
import type { Modal } from '../../../src/slack/kit/block-kit.ts';
import { BLOCK, incidentFormId, VIEW } from '../../../src/slack/kit/ids.ts';
import { breakGlassView } from '../../../src/slack/run/forms/break-glass.ts';
import { denyView } from '../../../src/slack/run/forms/deny.ts';
import { abortView, skipView } from '../../../src/slack/run/forms/step-answer.ts';
import { aDoor, type DoorWorld } from '../../support/door-world.ts';
import { validateView } from '../../support/slack-rules.ts';
import type { Answers } from '../../support/submit-view.ts';

const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};

const Option = z.object({ value: z.string() });
const Input = z.object({
  block_id: z.string(),
  element: z.object({
    type: z.string(),
    options: z.array(Option).optional(),
    initial_value: z.string().optional(),
    initial_option: Option.optional(),
    initial_options: z.array(Option).optional(),
    initial_user: z.string().optional(),
    initial_date_time: z.number().optional(),
  }),
});
const inputsOf = (view: Modal) => view.blocks.flatMap((block) => Input.safeParse(block).data ?? []);

/** What only some fields take; none of it is what their forms begin with. */
const TYPED: Answers = {
  [BLOCK.usersAffected]: { value: '40' },
  [BLOCK.commit]: { value: 'v1.0.0' },
  [BLOCK.startedAt]: { instant: 1_898_000_000 },
  [BLOCK.take]: { ticked: [] },
};

/** Every field filled in, unlike it was. */
const answersTo = (view: Modal): Answers =>
  Object.fromEntries(
    inputsOf(view).map(({ block_id, element: { type, options = [] } }) => {
      const last = options.at(-1)?.value ?? '';
      const answers: Answers = {
        plain_text_input: { value: `My words <${block_id}>` },
        static_select: { chosen: last },
        checkboxes: { ticked: [last] },
        multi_static_select: { ticked: [last] },
        users_select: { user: 'U7KIM' },
      };
      return [block_id, TYPED[block_id] ?? answers[type] ?? {}];
    }),
  );

const keptIn = (view: Modal): Answers =>
  Object.fromEntries(
    inputsOf(view).map(({ block_id, element }) => {
      const {
        type,
        initial_value,
        initial_option,
        initial_options = [],
        initial_user,
        initial_date_time,
      } = element;
      const kept: Answers = {
        plain_text_input: { value: initial_value ?? '' },
        static_select: { chosen: initial_option?.value ?? '' },
        checkboxes: { ticked: initial_options.map(({ value }) => value) },
        multi_static_select: { ticked: initial_options.map(({ value }) => value) },
        users_select: { user: initial_user ?? '' },
        datetimepicker: { instant: initial_date_time ?? 0 },
      };
      return [block_id, kept[type] ?? {}];
    }),
  );

/** One of each form, as it is shown in a workspace with an incident and a rollback that waits for its approval. */
async function everyForm(door: DoorWorld): Promise<readonly Modal[]> {
  await door.command('/incident');
  const declare = shown(door);
  const said = { [BLOCK.title]: { value: 'Checkout fails' }, [BLOCK.impact]: { value: 'Nobody can pay' } };
  await door.send(declare, { ...said, [BLOCK.severity]: { chosen: 'P1' } });
  await door.command('/rollback shop');
  const rollback = shown(door);
  await door.send(rollback, { [BLOCK.severity]: { chosen: 'P0' }, [BLOCK.reason]: { value: 'broken' } });
  const [incident, run] = await Promise.all([loadIncident(door, 'INC-1'), loadRun(door, 'RUN-1')]);
  if (incident === undefined || run === undefined) throw new Error('nothing to ask about');
  const press = { run: run.id, digest: run.digest };
  const step = { run: run.id, step: run.steps[0]?.plan.id ?? '', attempt: 1 };
  const context = { team: await door.team(), person: { id: 'U1RESPONDER' }, runs: [run] };
  return [
    ...[declare, rollback, denyView(press), breakGlassView(press), skipView(run, step), abortView(run, step)],
    ...SLACK_ACTIONS.flatMap((action) => (action.kind === 'form' ? [action.view(incident, context)] : [])),
  ];
}

const STRANGER = 'U9STRANGER';

/** What may happen between the moment that a form opens and the one that it is sent in. */
const REFUSALS: readonly (readonly [
  name: string,
  happens: (door: DoorWorld) => Promise<unknown>,
  sender: string | undefined,
])[] = [
  ['their role was taken back', async () => undefined, STRANGER],
  [
    'what it is about is over',
    async (door) => {
      await door.command('/rollback cancel RUN-1');
      await door.command('/incident resolve INC-1 it was the cache');
      await door.write('walkback.yml', door.soundTeam.replace('request: [responder]', 'request: [approver]'));
    },
    undefined,
  ],
  ['a file is broken', (door) => door.write('walkback.yml', 'services: ['), undefined],
];

describe.each(REFUSALS)(
  'every form that is refused stands again with all that was typed, where %s',
  (_what, happens, sender) => {
    it('and says why', async () => {
      const door = await aDoor();
      const forms = await everyForm(door);
      await happens(door);
      for (const form of forms) {
        const about = form.callback_id ?? '';
        if (isAccepted(about, sender, _what)) continue;
        const answers = answersTo(form);
        await door.send(form, answers, sender);
        const again = shown(door);
        expect(again.callback_id, about).toBe(about);
        expect(validateView(again), about).toEqual([]);
        expect(keptIn(again), about).toEqual(answers);
        expect(again.blocks[0], about).toMatchObject({ block_id: BLOCK.notice });
        expect(door.seen.at(-1)?.text, about).not.toContain('something broke');
      }
    });
  },
);

/** An incident can be declared and reopened while another thing is over. */
const isAccepted = (form: string, sender: string | undefined, what: string): boolean =>
  sender === undefined &&
  what.includes('over') &&
  [VIEW.declareForm, incidentFormId('reopen')].some((callback) => callback === form);

it('knows every form that there is', async () => {
  const forms = await everyForm(await aDoor());
  const tellOnly: readonly string[] = [VIEW.telling, VIEW.plan, VIEW.chooseService];
  const callbacks = [
    ...Object.values(VIEW).filter((callback) => !tellOnly.includes(callback)),
    ...SLACK_ACTIONS.flatMap(({ kind, press }) => (kind === 'form' ? [incidentFormId(press)] : [])),
  ];
  expect(forms.map(({ callback_id }) => callback_id).toSorted()).toEqual(callbacks.toSorted());
});

it('the same choice as before is refused, and every word is kept: a severity, roles that stay', async () => {
  const door = await aDoor();
  const forms = await everyForm(door);
  const severity = forms.find(({ callback_id }) => callback_id === incidentFormId('change-severity'));
  if (severity === undefined) throw new Error('no form');
  await door.send(severity, { [BLOCK.severity]: { chosen: 'P1' }, [BLOCK.reason]: { value: 'My words' } });
  expect(keptIn(shown(door))).toMatchObject({ [BLOCK.reason]: { value: 'My words' } });
});
