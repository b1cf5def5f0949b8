import { describe, expect, it } from 'vitest';
import { checkConfiguration } from '../../../../src/adapters/playbooks/check-configuration.ts';
import { formatProblem } from '../../../../src/domain/problem/problem.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../../support/configuration-folder.ts';

async function problemsOf(file: 'team' | 'playbook', from: string, to: string): Promise<readonly string[]> {
  const text = file === 'team' ? SOUND_TEAM : SOUND_PLAYBOOK;
  if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
  const files = { 'walkback.yml': SOUND_TEAM, 'playbooks/undo.yml': SOUND_PLAYBOOK };
  const changed = text.replace(from, () => to);
  const root = await aFolder({
    ...files,
    [file === 'team' ? 'walkback.yml' : 'playbooks/undo.yml']: changed,
  });
  return (await checkConfiguration({ root })).problems.map(formatProblem);
}

describe('a value is shown as it is written', () => {
  it.each(['1.10', '012', '0x1F', '1e3', '1.0', 'true', 'null', '~', '12345678901234567890', '.5', '+1'])(
    'in the suggestion for the default %s',
    async (written) => {
      const [problem] = await problemsOf('playbook', 'default: eu', `default: ${written}`);
      expect(problem).toContain(`expected a text, in quotes, found ${written}\n`);
      expect(problem).toContain(`for example: default: "${written}"`);
    },
  );

  it.each(['yes', 'no', 'on', 'off', '2024-01-31', '22:22'])(
    'or taken as the text that it is to YAML: %s',
    async (written) => {
      expect(
        await problemsOf('playbook', 'choices: [eu, us]\n    default: eu', `default: ${written}`),
      ).toEqual([]);
    },
  );

  it('in a list', async () => {
    const [problem] = await problemsOf('playbook', 'choices: [eu, us]', 'choices: [eu, 1.10]');
    expect(problem).toContain('found 1.10\n    for example: - "1.10"');
  });

  it('where it is a comment to YAML', async () => {
    const [problem] = await problemsOf('team', 'incidents: C024BE91L', 'incidents: #incidents');
    expect(problem).toContain('walkback.yml:2:3  channels.incidents: expected a Slack channel id');
    expect(problem).toContain('found #incidents');
  });

  it('where it is a template to whoever wrote it', async () => {
    const [problem] = await problemsOf('playbook', 'url: ${HEALTH_URL}?in=${region}', 'url: {{ url }}');
    expect(problem).toContain('found {{ url }}\n    for example: url: "{{ url }}"');
  });

  it('where a rule finds it, in the unit that was used', async () => {
    const [problem] = await problemsOf('playbook', 'consecutive: 3', 'consecutive: 3\n      within: 1500m');
    expect(problem).toContain('http.within: expected more than nothing and at most 24h, found "1500m"');
    const [count] = await problemsOf('team', 'count: 2', 'count: 0x4');
    expect(count).toContain('approval.count: expected a count of at most 2');
    expect(count).toContain('found 0x4');
  });

  it('where it is a key', async () => {
    const [problem] = await problemsOf('team', '  shop:\n', '  1.10:\n');
    expect(problem).toMatch(/services\.1\.10: expected as a key lower-case letters.*, found 1\.10\n/);
  });
});

describe('the example is what was meant, where that can be told', () => {
  it.each([
    ['playbook', 'attempts: 30', 'attempts: "12"', 'attempts: 12'],
    ['playbook', 'estimate: 5m', 'estimate: 12 minutes', 'estimate: 12m'],
    ['playbook', 'estimate: 5m', 'estimate: 2H', 'estimate: 2h'],
    ['playbook', 'git: {}', 'git: { method: revrt }', 'method: revert'],
    ['playbook', 'git: {}', 'git: {}\n        repeatable: off', 'repeatable: false'],
    ['playbook', 'git: {}', 'git: {}\n        repeatable: "true"', 'repeatable: true'],
    ['playbook', 'id: rollback', 'id: Roll_Back', 'id: roll-back'],
    ['team', 'count: 2', 'count: 2, requesterMayApprove: no', 'requesterMayApprove: false'],
    ['team', 'count: 2', 'count: 2, requesterMayApprove: 0', 'requesterMayApprove: false'],
    ['team', 'incidents: C024BE91L', 'incidents: <#C7XYZ|incidents>', 'incidents: C7XYZ'],
    ['team', 'incidents: C024BE91L', 'incidents: c024be92m', 'incidents: C024BE92M'],
    ['team', '[U1RESPONDER]', '["<@U1RESPONDER>"]', '- U1RESPONDER'],
    ['team', '[U1RESPONDER]', 'U1RESPONDER', 'responder: [U1RESPONDER]'],
    ['team', 'playbooks: [undo]', 'playbooks: undo', 'playbooks: [undo]'],
  ] as const)('in the %s, %s as %s', async (file, from, to, example) => {
    const problems = await problemsOf(file, from, to);
    expect(problems.join('\n')).toContain(`for example: ${example}`);
  });
});
