import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { GIT } from '../../../support/drive/drive-story.ts';
import { aDriveWorld, type DriveWorld } from '../../../support/drive-world.ts';

const BANNER =
  'for rule in 1 2 3 4 5 6 7 8 9; do echo "rule $rule: see the handbook before you push" >&2; done';

async function refuse({ repository }: DriveWorld, reason: string): Promise<void> {
  const hook = `#!/bin/sh\n${BANNER}\necho "${reason}" >&2\nexit 1\n`;
  await writeFile(join(repository.remote, 'hooks', 'pre-receive'), hook, { mode: 0o755 });
}

it('a push that a hook refuses fails the step in the hook’s own words, and its output holds all of them', async () => {
  const world = await aDriveWorld({ steps: [GIT] });
  await refuse(world, 'the message needs a ticket number');
  await world.request();
  await world.drive();
  const [step] = (await world.load()).steps;
  expect(step?.status).toBe('failed');
  expect(step?.summary).toMatch(
    /^the remote refused the push: … .*the message needs a ticket number; pre-receive/,
  );
  expect(step?.tail).toContain('the message needs a ticket number');
  const output = await world.driving.output.tail({ run: 'RUN-1', step: 'undo', attempt: 1 }, 100);
  expect(output).toContain('rule 1: see the handbook');
});
