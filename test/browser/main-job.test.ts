import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOut, isBroken, isGood } from '../../src/demo/sample-service/shop-condition.ts';
import { type Demo, startDemo } from '../../src/demo/start-demo.ts';
import { openSlackBrowser, PHONE, type SlackBrowser } from '../support/slack-browser.ts';

const directory = join(import.meta.dirname, '..', '..', '.walkback', 'browser');
const PATIENCE = { timeout: 60_000 };
/** How wide a phone is, in pixels. */

describe('the main job in a browser, as a tired responder clicks through it', () => {
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

  /** How far down its card Approve and Deny end on a phone, in pixels. */
  async function buttonsOnPhone(page: Page): Promise<number> {
    const card = page.locator('.messages .msg', { hasText: 'Approve?' }).first();
    return slack.onPhone(card, '2-approval-on-a-phone', async ({ y, width }) => {
      expect(width).toBe(PHONE);
      const ends = await Promise.all(
        ['Approve', 'Deny'].map(async (name) => {
          const box = await card.getByRole('button', { name, exact: true }).boundingBox();
          return box === null ? Number.NaN : box.y + box.height - y;
        }),
      );
      return Math.max(...ends);
    });
  }

  it('takes a really broken shop back to health: command, form, approval by another person, run card', async () => {
    const { page } = slack;
    expect(await isBroken(demo.shop)).toBe(true);

    await slack.openChannel('incidents');
    await slack.actAs('Robin (responder)');
    await slack.type('/rollback shop v1.3.0 Every fourth check-out fails since v1.4.0');
    const form = page.locator('.modal');
    await form.getByText('What is wrong?').waitFor(PATIENCE);
    await form.getByText('is deployed').first().waitFor(PATIENCE);
    await form.locator('.bk-input', { hasText: 'Severity' }).locator('select').selectOption('P0');
    await slack.screenshot('1-form');
    await form.getByRole('button', { name: 'Ask for approval' }).click();
    await slack.formDone(PATIENCE);

    const messages = page.locator('.channel, main, body').first();
    await messages.getByText('Approve? Shop: v1.4.0 → v1.3.0').first().waitFor(PATIENCE);
    await slack.screenshot('2-approval-card');
    expect(await buttonsOnPhone(page)).toBeLessThan(400);
    await page.getByRole('button', { name: 'Approve', exact: true }).first().click();
    await messages.getByText('only visible to you').first().waitFor(PATIENCE);

    await slack.actAs('Alex (approver)');
    await page.getByRole('button', { name: 'View plan' }).first().click();
    await page.locator('.modal').getByText('deploy').first().waitFor(PATIENCE);
    await slack.screenshot('3-plan');
    await page.locator('.modal').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Approve', exact: true }).first().click();
    await messages.getByText('Approved by').first().waitFor(PATIENCE);

    await page
      .getByText(/\d+ repl(y|ies)/)
      .first()
      .click();
    await page
      .getByText(/of about/)
      .first()
      .waitFor(PATIENCE);
    await slack.screenshot('4-running');
    await page
      .getByText(/New commit/)
      .first()
      .waitFor(PATIENCE);
    await page
      .getByText(/^What was done$/)
      .first()
      .waitFor(PATIENCE);
    await slack.screenshot('5-done');
    expect(await isBroken(demo.shop)).toBe(false);
    expect(isGood(await checkOut(demo.shop.url))).toBe(true);

    await slack.openChannel('stakeholders');
    await page
      .getByText(/Missing until they are released again/)
      .first()
      .waitFor(PATIENCE);
    await slack.screenshot('6-stakeholders');
  });
});
