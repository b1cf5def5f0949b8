import { changeRun } from '../../../src/engine/streams/runs.ts';
import type { DriveWorld } from '../drive-world.ts';

/** The step that takes the branch back, as a playbook has it. */
export const GIT = '{ id: undo, title: Take the branch back, git: {} }';

const APPROVED = ['rollback.requested', 'approval.granted', 'run.queued'];

/** The journal after the run was approved. */
export const since = async (world: DriveWorld, count = APPROVED.length) =>
  (await world.journal()).slice(count);

/** A worker gets as far as the middle of a step and dies there; what it started lives on. */
export async function dieDuring(world: DriveWorld, step: string): Promise<number> {
  await world.makeGate(step);
  await world.request();
  const { output, commands } = world.driving;
  await changeRun(world.driving, {
    run: 'RUN-1',
    actor: { kind: 'system', name: 'worker' },
    decide: () => ({
      kind: 'accepted',
      events: [
        { type: 'run.started', payload: { driver: 'dead' } },
        { type: 'step.started', payload: { step, attempt: 1, driver: 'dead' } },
      ],
    }),
  });
  const plan = (await world.load()).steps[0]?.plan;
  if (plan?.kind !== 'run') throw new Error('the first step is a command');
  void commands.run({
    ...{
      command: plan.command,
      shell: plan.shell,
      directory: world.work,
      environment: {},
      timeoutMs: 60_000,
    },
    onOutput: () => undefined,
    onStart: (mark) => output.markProcess({ run: 'RUN-1', step, attempt: 1 }, mark),
    signal: new AbortController().signal,
  });
  return world.begun(step);
}
