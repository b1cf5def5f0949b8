import { expect, it, onTestFinished } from 'vitest';
import { changedSource } from '../../support/changed-source.ts';

it('a kind of step that a worker does is no program without a handler, and the compiler names the registry', {
  timeout: 240_000,
}, async () => {
  const source = await changedSource();
  onTestFinished(source.remove);
  await source.addFile('recipes/step-kind/note.ts', 'domain/steps/note.ts');
  await source.addLine('domain/steps/kinds.ts', {
    after: "import { manual } from './manual.ts';",
    line: "import { note } from './note.ts';",
  });
  await source.addLine('domain/steps/kinds.ts', { after: '  wait,', line: '  note,' });

  expect(source.compile()).toEqual([
    expect.stringMatching(/^engine\/steps\/handlers\.ts: Property 'note' is missing/),
  ]);
});
