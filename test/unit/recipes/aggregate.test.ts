import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aggregateOf, parseEvent } from '../../../src/domain/events.ts';
import { type ChangedSource, changedSource } from '../../support/changed-source.ts';

const BEGAN = {
  ...{ id: 'WATCH-3-1', stream: 'WATCH-3', version: 1, at: '2030-01-01T00:00:00.000Z' },
  ...{ actor: { kind: 'system', name: 'watch' }, type: 'watch.began', payload: { service: 'shop' } },
};

let source: ChangedSource;

beforeAll(async () => {
  source = await changedSource();
  await source.addFile('recipes/aggregate/watch-events.ts', 'domain/watch/events.ts');
  await source.addLine('domain/events.ts', {
    after: "from './run/events.ts'",
    line: "import { parseWatchEvent } from './watch/events.ts';",
  });
  await source.addLine('domain/events.ts', {
    after: "  incident: { prefix: 'INC'",
    line: "  watch: { prefix: 'WATCH', parse: parseWatchEvent },",
  });
}, 60_000);

afterAll(() => source.remove());

describe('a third aggregate', () => {
  it('is a compile error in each place that tells aggregates apart, until it is handled there', {
    timeout: 180_000,
  }, async () => {
    const places = new Set(source.compile().map((complaint) => complaint.split(': ')[0]));
    expect([...places].toSorted()).toEqual([
      'adapters/redis/keys.ts',
      'engine/reactions/reactions.ts',
      'words/timeline.ts',
    ]);

    await source.addLine('adapters/redis/keys.ts', { after: "run: 'runs'", line: "  watch: 'watches'," });
    await source.addLine('engine/reactions/reactions.ts', {
      after: 'run: reactToRun',
      line: "    watch: ({ stream: run }) => [{ kind: 'drive', run }],",
    });
    await source.addLine('words/timeline.ts', {
      after: 'incident: incidentWords',
      line: '    watch: (of) => text`watches ${of.payload.service}`,',
    });
    expect(source.compile()).toEqual([]);
  });

  it('is never taken for a run or an incident', async () => {
    const {
      isIncidentEvent,
      isRunEvent,
      parseEvent: parse,
    } = (await source.load('domain/events.ts')) as typeof import('../../../src/domain/events.ts');
    const event = parse(BEGAN);
    expect(event).toMatchObject({ type: 'watch.began', payload: { service: 'shop' } });
    expect([isRunEvent(event), isIncidentEvent(event)]).toEqual([false, false]);
  });
});

it('the stream of no aggregate is a bug, said as such, and no silent run', () => {
  expect(() => aggregateOf('WATCH-3')).toThrow('WATCH-3 is the stream of no aggregate');
  expect(() => parseEvent(BEGAN)).toThrow('WATCH-3 is the stream of no aggregate');
});
