import { describe, expect, it } from 'vitest';
import { type Asked, createRememberedAnswers } from '../../../../src/slack/connection/remembered-answers.ts';

/** Questions that the test answers when it likes, by a clock of its own. */
function aMemory({ patienceMs = 5_000 } = {}) {
  const time = { now: 0 };
  const questions: { readonly id: string; readonly answer: (asked: Asked<string>) => void }[] = [];
  const ask = createRememberedAnswers<string>({
    ask: (id) => new Promise((answer) => questions.push({ id, answer })),
    now: () => time.now,
    patienceMs,
  });
  return { time, questions, ask };
}

describe('remembered answers', () => {
  it('are asked for once, however many want to know at the same time', async () => {
    const { ask, questions } = aMemory();
    const waiting = [ask('S1'), ask('S1'), ask('S1')];
    questions[0]?.answer({ answer: 'yes', keepMs: 1_000 });
    expect(await Promise.all(waiting)).toEqual(['yes', 'yes', 'yes']);
    expect(questions.map(({ id }) => id)).toEqual(['S1']);
  });

  it('are given until their time is over, counted from the question', async () => {
    const { ask, questions, time } = aMemory();
    const first = ask('S1');
    time.now = 400;
    questions[0]?.answer({ answer: 'yes', keepMs: 1_000 });
    await first;
    time.now = 999;
    expect(await ask('S1')).toBe('yes');
    time.now = 1_000;
    const second = ask('S1');
    questions[1]?.answer({ answer: undefined, keepMs: 1_000 });
    expect(await second).toBeUndefined();
  });

  it('that come too late for one who asked are there for the next', async () => {
    const { ask, questions } = aMemory({ patienceMs: 1 });
    expect(await ask('S1')).toBeUndefined();
    questions[0]?.answer({ answer: 'yes', keepMs: 1_000 });
    expect(await ask('S1')).toBe('yes');
    expect(questions).toHaveLength(1);
  });
});

it('a question that broke is told to those who asked, and asked again by the next', async () => {
  let asked = 0;
  const ask = createRememberedAnswers<string>({
    ask: async () => {
      asked += 1;
      if (asked === 1) throw new Error('broken');
      return { answer: 'yes', keepMs: 1_000 };
    },
    now: () => 0,
    patienceMs: 5_000,
  });
  await expect(ask('S1')).rejects.toThrow('broken');
  expect(await ask('S1')).toBe('yes');
});
