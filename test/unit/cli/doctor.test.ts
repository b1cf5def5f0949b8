import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { doctor } from '../../../src/cli/doctor.ts';
import type { HealthCheck, HealthFinding } from '../../../src/engine/ports/health.ts';

const aCheck = (title: string, ...findings: readonly HealthFinding[]): HealthCheck => ({
  title,
  run: async () => findings,
});
const fine: HealthFinding = { level: 'ok', what: 'all there' };

async function examine(
  checks: readonly HealthCheck[],
  options: { terminal?: boolean; withinMs?: number } = {},
) {
  const lines: string[] = [];
  const exitCode = await doctor({ checks, print: (line) => lines.push(line), ...options });
  return { exitCode, lines };
}

describe('doctor', () => {
  it('prints findings in groups, what to do on the next line, and a sum', async () => {
    const { lines, exitCode } = await examine([
      aCheck('Redis', fine, { level: 'warning', what: 'appendonly is no', todo: 'set appendonly yes' }),
      aCheck(
        'Channels',
        { level: 'problem', what: 'the bot is not in it', todo: 'type /invite @walkback' },
        { level: 'note', what: 'not compared' },
      ),
    ]);
    expect(lines).toEqual([
      'Redis',
      '  ok all there',
      '  !  appendonly is no',
      '     -> set appendonly yes',
      '',
      'Channels',
      '  x  the bot is not in it',
      '     -> type /invite @walkback',
      '  -  not compared',
      '',
      'Not ready: 1 problem, 1 warning, 1 ok.',
    ]);
    expect(exitCode).toBe(1);
  });

  it('ends well with warnings and notes alone', async () => {
    const { lines, exitCode } = await examine([
      aCheck('Roles', fine, { level: 'warning', what: 'nobody' }, { level: 'warning', what: 'nobody' }),
      aCheck('Directories'),
    ]);
    expect(exitCode).toBe(0);
    expect(lines).toContain('  -  nothing to look at');
    expect(lines.at(-1)).toBe('Ready: 2 warnings, 1 ok.');
  });

  it('takes a check that throws for a problem, names the cause, and goes on with the others', async () => {
    const broken: HealthCheck = {
      title: 'Slack',
      run: async () => {
        throw new Error('no answer', { cause: new AggregateError([new Error('ECONNREFUSED')], '') });
      },
    };
    const { lines, exitCode } = await examine([broken, aCheck('Redis', fine)]);
    expect(lines).toContain('  x  could not be looked at: no answer: ECONNREFUSED');
    expect(lines).toContain('  ok all there');
    expect(exitCode).toBe(1);
  });

  it('gives up a check that takes too long, tells it so, and still shows the others', async () => {
    const told: AbortSignal[] = [];
    const endless: HealthCheck = {
      title: 'Repository',
      run: (signal) => {
        told.push(signal);
        return new Promise(() => undefined);
      },
    };
    const { lines, exitCode } = await examine([endless, aCheck('Redis', fine)], { withinMs: 30 });
    expect(lines).toContain('  x  no answer within 0.03 s');
    expect(lines).toContain('  ok all there');
    expect(exitCode).toBe(1);
    expect(told.map((signal) => signal.aborted)).toEqual([true]);
  });

  it('starts all checks at once and prints them in their order', async () => {
    const started = new EventEmitter();
    const waiting: HealthCheck = {
      title: 'First',
      run: async () => {
        await once(started, 'second');
        return [fine];
      },
    };
    const releasing: HealthCheck = {
      title: 'Second',
      run: async () => {
        started.emit('second');
        return [fine];
      },
    };
    const { lines } = await examine([waiting, releasing]);
    expect(lines.filter((line) => line === 'First' || line === 'Second')).toEqual(['First', 'Second']);
  });

  it('lets no name break a line or speak to the terminal', async () => {
    const { lines } = await examine([aCheck('Roles', { level: 'ok', what: 'ada\u001b[2J\nok forged' })]);
    expect(lines[1]).toBe('  ok ada [2J ok forged');
  });

  it('draws its marks on a terminal', async () => {
    const { lines } = await examine([aCheck('Redis', fine, { level: 'problem', what: 'gone' })], {
      terminal: true,
    });
    expect(lines[1]).toContain('✓');
    expect(lines[2]).toContain('✗');
  });
});
