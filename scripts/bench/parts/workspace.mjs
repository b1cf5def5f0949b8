import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPROVER, CHANNEL, REQUESTER, SERVICE } from './settings.mjs';

/** How many steps the playbook no-op-steps has, its verification included. */
export const NO_OP_STEPS = 100;

/** When the timers of a P3 incident fire, in seconds after its declaration. */
export const TIMERS_S = [20, 60];

/** Writes a team's configuration below `root`: a service with a real repository of two releases, two playbooks. */
export function writeWorkspace(root) {
  const repository = makeRepository(join(root, 'repository'));
  mkdirSync(join(root, 'playbooks'));
  writeFileSync(join(root, 'walkback.yml'), team(repository.directory));
  writeFileSync(join(root, 'playbooks', 'tree-rollback.yml'), TREE_ROLLBACK);
  writeFileSync(join(root, 'playbooks', 'no-op-steps.yml'), noOpSteps());
  return { root, releases: repository.releases };
}

/** Two releases, so that one can be gone back to and then the other, any number of times. */
function makeRepository(directory) {
  const source = `${directory}-source`;
  mkdirSync(source);
  const git = (...args) => execFileSync('git', args, { cwd: source, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Bench');
  git('config', 'user.email', 'bench@example.com');
  const releases = ['v1.0.0', 'v1.1.0'].map((version) => {
    for (let file = 0; file < 20; file += 1) writeFileSync(join(source, `file-${file}.txt`), `${version}\n`);
    git('add', '.');
    git('commit', '--quiet', `--message=Release ${version}`);
    git('tag', version);
    return git('rev-parse', 'HEAD');
  });
  git('clone', '--quiet', '--bare', source, directory);
  return { directory, releases };
}

const service = (title, repository) => `
    title: ${title}
    repository: ${repository}
    playbooks: [tree-rollback, no-op-steps]
    environments: { production: {} }`;

// With two services, a bare /rollback opens a modal that asks which.
const team = (repository) => `
channels: { incidents: ${CHANNEL} }
roles: { responder: [${REQUESTER}], approver: [${APPROVER}] }
permissions: { request: [responder], decide: [responder], unlock: [approver] }
severities:
${['P0', 'P1', 'P2'].map((severity) => `  ${severity}: { title: ${severity}, criteria: Any, approval: { roles: [approver] } }`).join('\n')}
  P3:
    title: P3
    criteria: Any
    approval: { roles: [approver] }
    ladder: [{ role: responder, after: ${TIMERS_S[0]}s }, { role: approver, after: ${TIMERS_S[1]}s }]
services:
  ${SERVICE}:${service('Web shop', repository)}
  site:${service('Site', repository)}
`;

const TREE_ROLLBACK = `
name: tree-rollback
title: Roll back
description: Takes the branch back.
estimate: 1m
phases:
  - name: Roll back
    steps:
      - { id: undo, title: Undo, git: { method: tree } }
verify:
  - { id: healthy, title: Healthy, run: "true" }
`;

const noOp = (id) => `{ id: ${id}, title: Nothing, run: "true" }`;

const noOpSteps = () => `
name: no-op-steps
title: Do nothing, often
description: Steps that do nothing.
estimate: 1m
phases:
  - name: Nothing
    steps:
${Array.from({ length: NO_OP_STEPS - 1 }, (_, step) => `      - ${noOp(`step-${step + 1}`)}`).join('\n')}
verify:
  - ${noOp('last')}
`;
