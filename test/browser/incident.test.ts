import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBroken } from '../../src/demo/sample-service/shop-condition.ts';
import { type Demo, startDemo } from '../../src/demo/start-demo.ts';
import { openSlackBrowser, PHONE, type SlackBrowser } from '../support/slack-browser.ts';

const directory = join(import.meta.dirname, '..', '..', '.walkback', 'browser-incident');
const PATIENCE = { timeout: 30_000 };
/** Markup that nobody should ever read. */
const RAW = /<!date|<!subteam|<@U0|```|\{\{|undefined|\[object/;

describe('an incident in a browser, as tired responders go through it', () => {
  let demo: Demo;
  let slack: SlackBrowser;
  beforeAll(async () => {
    await rm(directory, { recursive: true, force: true });
    await mkdir(join(directory, 'screenshots'), { recursive: true });
    const program = join(import.meta.dirname, '..', '..', 'dist', 'bin', 'main.js');
    demo = await startDemo({ directory, program, say: () => undefined });
    slack = await openSlackBrowser({ url: demo.slackUrl, screenshots: join(directory, 'screenshots') });
  });
  afterAll(async () => {
    await slack?.close();
    await demo?.stop();
  });

  /** Saves what is on the screen, where nothing may be raw. */
  async function look(name: string): Promise<void> {
    await slack.screenshot(name);
    expect(await slack.page.getByText(RAW).allTextContents()).toEqual([]);
  }

  /** Nothing of a message is cut off or needs sideways scrolling on a phone, and what can be pressed can be hit. */
  async function fitsPhone(message: Locator, name: string): Promise<void> {
    await slack.onPhone(message, name, async ({ width }) => {
      expect(width).toBe(PHONE);
      expect(await message.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
      for (const button of await message.getByRole('button').all()) {
        const box = await button.boundingBox();
        if (box !== null) expect(box.width).toBeLessThanOrEqual(PHONE);
      }
    });
  }

  it('is declared, acknowledged, told of, held, rolled back and resolved, and App Home shows it', async () => {
    const { page, fill } = slack;
    const modal = page.locator('.modal');
    const card = page.locator('.messages .msg').first();
    const thread = page.locator('.thread-pane');
    const press = (name: string | RegExp) => card.getByRole('button', { name, exact: true }).click();
    const pressFolded = (label: string) => card.locator('select').selectOption({ label });
    const submit = (name: string) => modal.getByRole('button', { name, exact: true }).click();
    const cardSays = (text: string | RegExp) => card.getByText(text).first().waitFor(PATIENCE);
    const threadSays = (text: string | RegExp) => thread.getByText(text).first().waitFor(PATIENCE);
    const gone = () => slack.formDone(PATIENCE);

    await slack.openChannel('incidents');
    await slack.actAs('Robin (responder)');
    await slack.type('/incident');
    await modal.getByText('P0 Critical').first().waitFor(PATIENCE);
    await submit('Declare');
    await modal.getByText('Choose a severity.').waitFor(PATIENCE);
    await fill('What is wrong?', 'Checkout fails for every fourth customer');
    await fill('What do users see?', 'Paying ends in an error page');
    await fill('Share of users', '60');
    await modal.getByLabel('Shop').check();
    await modal.locator('.bk-input', { hasText: 'Severity' }).locator('select').selectOption('P0');
    await slack.screenshot('1-form');
    await submit('Declare');
    await gone();
    await look('2-declared');

    await cardSays('not acknowledged yet: Checkout fails');
    await cardSays(/Starts by itself/);
    await cardSays(/Shop v1\.\d\.\d → v1\.\d\.\d, by “Roll the shop back”/);
    const fresh = await card.textContent();
    for (const part of [
      /Severity\s*🟥 P0 Critical/,
      /Commander\s*@Robin/,
      /Next update due \S+ \d\d:\d\d UTC/,
      /Starts by itself \S+ \d\d:\d\d UTC/,
      /nobody yet: communications, scribe, subject expert/,
      /team-lead/,
    ])
      expect(fresh).toMatch(part);
    await slack.picture(card, '3-card');
    await fitsPhone(card, '3-card-on-a-phone');
    await press('Acknowledge');
    await cardSays('INC-1 P0: Checkout fails');
    await look('4-acknowledged');

    await press('Update');
    await modal.getByText('What was done?').waitFor(PATIENCE);
    await modal.locator('select').first().selectOption('identified');
    await fill('What was done?', 'The error came with v1.4.0');
    await fill('Next steps', 'Go back to v1.3.0');
    await look('5-update-form');
    await submit('Post update');
    await gone();
    await card.getByText(/\d+ repl(y|ies)/).click();
    await threadSays('Update: identified');
    await pressFolded('Roles');
    await modal.getByText('You take').waitFor(PATIENCE);
    await modal.getByLabel('Communications: writes the updates').check({ timeout: 8_000 });
    await look('6-roles-form');
    await submit('Assign');
    await cardSays(/communications\s*@Robin/);
    await gone();
    await press('Hold rollback');
    await fill('Why?', 'A fix is nearly ready');
    await look('7-hold-form');
    await submit('Hold rollback');
    await threadSays(/The automatic rollback .*is held/);
    await cardSays(/It won't start by itself/);
    await gone();
    await look('8-held');

    await slack.openHome();
    await page.locator('.home').getByText('Open incidents (1)').waitFor(PATIENCE);
    await page.locator('.home').getByText('Checkout fails').first().waitFor(PATIENCE);
    await look('9-home');

    await slack.actAs('Alex (approver)');
    await slack.openChannel('incidents');
    expect(await isBroken(demo.shop)).toBe(true);
    // The local Slack doesn't ask whether one is sure, as a real one does.
    await press(/^Roll back .*→.* now$/);
    await card.getByText(/\d+ repl(y|ies)/).click();
    await threadSays(/^What was done$/);
    expect(await isBroken(demo.shop)).toBe(false);
    await look('10-rolled-back');
    await fitsPhone(card, '10-rolled-back-on-a-phone');
    await press('Set to monitoring, tell stakeholders');
    await cardSays(/monitoring/);
    await threadSays(/Update: monitoring/);

    await press('Resolve');
    await fill('What was it', 'v1.4.0 broke the checkout. It is rolled back.');
    await look('11-resolve-form');
    await submit('Resolve');
    await threadSays(/All clear/);
    await cardSays(/INC-1 resolved/);
    await gone();
    await look('12-resolved');
    await slack.openChannel('stakeholders');
    await page
      .getByText(/It is over/)
      .first()
      .waitFor(PATIENCE);
    const post = page.locator('.messages .msg').first();
    await post.getByText(/\d+ repl(y|ies)/).click();
    await threadSays(/is back on v1\.3\.0 instead of v1\.4\.0/);
    await look('13-stakeholders');
    await fitsPhone(post, '13-stakeholders-on-a-phone');
    await slack.openHome();
    await page.locator('.home').getByText('No incident is open.').waitFor(PATIENCE);

    await slack.actAs('Robin (responder)');
    await slack.openChannel('incidents');
    await slack.type('/rollback shop v1.2.0');
    await modal.getByLabel('Issue documented').check();
    await modal.getByLabel('Target verified').check();
    // Nothing says how severe it is, now that the incident is over.
    await modal.locator('.bk-input', { hasText: 'Severity' }).locator('select').selectOption('P0');
    await fill('What is wrong?', 'v1.3.0 fails as well');
    await submit('Ask for approval');
    await gone();
    await slack.actAs('Alex (approver)');
    await slack.openHome();
    await page.locator('.home').getByText('Waiting for your approval (1)').waitFor(PATIENCE);
    await page.locator('.home').getByText('v1.3.0 fails as well').first().waitFor(PATIENCE);
    await look('14-home-approval');
  });
});
