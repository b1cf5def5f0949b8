import { expect, it, onTestFinished } from 'vitest';
import { changedSource } from '../../support/changed-source.ts';
import { addToDomain } from '../../support/incident-action-recipe.ts';

it('an action that the domain knows and people can not reach does not compile, and says where it is missing', async () => {
  const source = await changedSource();
  onTestFinished(source.remove);
  await addToDomain(source);
  expect(source.compile()).toEqual([
    expect.stringMatching(
      /^slack\/incident\/actions\/lookup\.ts: Type .* does not satisfy the expected type 'EveryAction'/,
    ),
  ]);
}, 180_000);
