import { describe, expect, it } from 'vitest';
import { hasPipe, swallowedFailures } from '../../../../../src/domain/steps/shell/swallowed-failures.ts';

const seen = (command: string, shell?: string) => swallowedFailures(command, shell).map(({ found }) => found);

describe('a failure that nobody would see', () => {
  it.each([
    ['git fetch origin main || true\n./deploy.sh', 'git fetch origin main || true'],
    ['./warm.sh || :', './warm.sh || :'],
    ['./deploy.sh || echo "it failed"', './deploy.sh || echo _'],
    ['set +e\n./deploy.sh', 'set +e'],
    ['set +o pipefail; ./deploy.sh', 'set +o pipefail'],
    ['set +ux', undefined],
    ['./server --port 80 &\nsleep 1', './server --port 80 &'],
    ['git fetch && git checkout FETCH_HEAD\n./deploy.sh', 'git fetch && git checkout FETCH_HEAD'],
    ['cd web &&\n  git fetch\n./deploy.sh', 'cd web && git fetch'],
    ['export VERSION=$(cat VERSION)\n./deploy.sh', 'export VERSION=$(cat)'],
    ['local head="$(git rev-parse HEAD)"', 'local head=_$(git)'],
    ['./deploy.sh "$(git rev-parse FETCH_HEAD)"', './deploy.sh _$(git)'],
    ['docker run app:`cat VERSION`', 'docker run app:$(cat)'],
    ["ssh web-1 'cd /srv/shop; git pull; ./deploy.sh'", 'ssh web-1 _'],
    ['ssh web-1 <<EOF\ncd /srv/shop\n./deploy.sh\nEOF\necho done', 'ssh web-1 _'],
    ['docker exec web sh -c "fetch; restart"', 'docker exec web sh -c _'],
    ['exit 0\n./deploy.sh', 'exit 0'],
  ])('is found in %j', (command, found) => {
    expect(seen(command)).toEqual(found === undefined ? [] : [JSON.stringify(found)]);
  });

  it.each([
    'git fetch --quiet origin "$WALKBACK_BRANCH"\ngit checkout --quiet --detach FETCH_HEAD\n./deploy.sh',
    'git fetch && ./deploy.sh',
    'if git fetch && git checkout x; then ./deploy.sh; else exit 1; fi',
    'if [ -f lock ]; then\n  git fetch && ./deploy.sh\nfi',
    '[ -n "$NOTE" ] && echo "$NOTE"\n./deploy.sh',
    '[ -d web ] || echo "no web"\n./deploy.sh',
    './deploy.sh || exit 1\necho done',
    './deploy.sh || { echo "failed"; exit 1; }',
    'test "$(git rev-parse HEAD)" = "$WALKBACK_TARGET"',
    'head=$(git rev-parse FETCH_HEAD)\nexport head\n./deploy.sh "$head"',
    'echo "deploying $(git log -1 --format=%h) || true"',
    'cd "$(dirname "$0")"\ntar czf "backup-$(date +%F).tgz" .',
    './server & server=$!\nwait "$server"',
    'make build >build.log 2>&1\ncurl -fsS "https://example.com/?a=1&b=2" | jq .ok',
    "# set +e would be wrong; don't || true\n./deploy.sh # || true",
    "cat <<'EOF' >note.txt\ngit fetch || true\nset +e\nEOF\n./deploy.sh",
    'ssh web-1 "set -e; cd /srv/shop; ./deploy.sh"',
    'ssh web-1 ./deploy.sh',
    'for host in a b; do ssh "$host" ./deploy.sh; done',
    'if [ -f done ]; then\n  exit 0\nfi\n./deploy.sh',
    'x=$((1 + 2))\necho "${x:-|| true}"',
  ])('is not made out of %j', (command) => {
    expect(seen(command)).toEqual([]);
  });

  it('may be inside a pipe for sh, which sees only its last command', () => {
    expect(seen('cat list | ./deploy.sh', 'sh')).toEqual(['"cat list | ./deploy.sh"']);
    expect(seen('cat list | ./deploy.sh', 'bash')).toEqual([]);
  });

  it('is every one but the last for a shell of the playbook that is not told to stop', () => {
    expect(seen('git fetch\n./deploy.sh', 'bash -c')).toEqual(['bash -c']);
    expect(seen('./deploy.sh', 'bash -c')).toEqual([]);
    expect(seen('git fetch\n./deploy.sh', '/bin/bash -ec')).toEqual([]);
    expect(seen('import os\nos.listdir() or true', 'python3 -c')).toEqual([]);
  });
});

it('knows a pipe from an or, and from text', () => {
  expect(['a | b', 'a || b', 'echo "a | b"', 'a >| b', 'a |\n b # c'].map(hasPipe)).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});
