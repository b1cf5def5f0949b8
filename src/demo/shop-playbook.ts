/** The demo's playbook, as text, since people are meant to read it and change it. */
export const SHOP_PLAYBOOK = `# How the shop is rolled back. Change it while the demo runs: the next plan is made from what stands here.
name: shop-rollback
title: Roll the shop back
description: Takes the branch back to an earlier release, deploys it, and proves that customers can buy again.
estimate: 20s

phases:
  - name: Roll back
    window: [0, 1]
    steps:
      - id: undo-release
        title: Put the earlier release on top of the branch
        git: { method: tree }
  - name: Deploy
    window: [1, 2]
    steps:
      - id: deploy
        title: Deploy the branch and restart the shop
        run: ./deploy.sh
        timeout: 1m
        # Deploys whatever the branch points at: doing it twice is doing it once.
        repeatable: true

verify:
  - id: customers-can-buy
    title: Check-out answers within 300 ms, ten times in a row
    http: { url: "\${SHOP_URL}/checkout", status: 200, within: 300ms, attempts: 40, every: 100ms, consecutive: 10 }
  - id: healthy
    title: The shop calls itself healthy, and names the version that was asked for
    http: { url: "\${SHOP_URL}/health", status: 200, body: '"status":"ok"', version: target, within: 2s, attempts: 5 }
`;
