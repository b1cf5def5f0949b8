import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Pixels across of a message on a phone. */
export const PHONE = 360;

/** Messages break their lines there. */
const WIDEST_MESSAGE = 720;

/** The local Slack in a real browser, used as a person uses it: by what is on the screen. */
export type SlackBrowser = {
  readonly page: Page;
  readonly actAs: (name: string) => Promise<void>;
  readonly openChannel: (name: string) => Promise<void>;
  /** Opens the app's own page, App Home. */
  readonly openHome: () => Promise<void>;
  readonly type: (line: string) => Promise<void>;
  /** Fills in the text field of the open form whose label says this. */
  readonly fill: (label: string, text: string) => Promise<void>;
  /** Waits until the form that was sent is done with; one that answers in its place, because its work took long, is closed. */
  readonly formDone: (patience: { readonly timeout: number }) => Promise<void>;
  /** Saves what is on the screen; the path is told in the test's output. */
  readonly screenshot: (name: string) => Promise<string>;
  /** Saves a part of the screen alone, as far as there is text in a message. */
  readonly picture: (part: Locator, name: string) => Promise<string>;
  /**
   * Shows a message as wide as on a phone, saves it, and has a look at it meanwhile. Its box is in pixels.
   */
  readonly onPhone: <Seen>(
    message: Locator,
    name: string,
    look: (box: { readonly y: number; readonly width: number; readonly height: number }) => Promise<Seen>,
  ) => Promise<Seen>;
  readonly close: () => Promise<void>;
};

export async function openSlackBrowser({
  url,
  screenshots,
}: {
  readonly url: string;
  /** Folder for screenshots. */
  readonly screenshots: string;
}): Promise<SlackBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'walkback-browser-'));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: FLAGS,
    viewport: { width: 1400, height: 1200 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  const picture = async (part: Locator, name: string): Promise<string> => {
    const path = join(screenshots, `${name}.png`);
    await page.mouse.move(0, 0);
    const box = await part.boundingBox();
    if (box === null) throw new Error(`nothing to take a picture of: ${name}`);
    await page.screenshot({ path, clip: { ...box, width: Math.min(box.width, WIDEST_MESSAGE) } });
    return path;
  };
  return {
    page,
    picture,
    onPhone: async (message, name, look) => {
      const before = page.viewportSize();
      // The local Slack has a sidebar at any width; what counts is how wide a message is.
      await page.setViewportSize({ width: 700, height: 1600 });
      const width = (await message.boundingBox())?.width ?? 0;
      await page.setViewportSize({ width: 700 + PHONE - Math.round(width), height: 1600 });
      await picture(message, name);
      const box = await message.boundingBox();
      if (box === null) throw new Error(`nothing to look at: ${name}`);
      const seen = await look(box);
      if (before !== null) await page.setViewportSize(before);
      return seen;
    },
    actAs: async (name) => {
      await page.locator('select').first().selectOption({ label: name });
    },
    openChannel: async (name) => {
      await page.locator('.sidebar, aside, nav').getByText(name).first().click();
    },
    openHome: async () => {
      await page.locator('.sidebar-item', { hasText: '🏠' }).click();
    },
    fill: async (label, text) => {
      await page.locator('.modal .bk-input', { hasText: label }).locator('input').fill(text);
    },
    formDone: async (patience) => {
      const modal = page.locator('.modal');
      const answered = page
        .locator('.modal', { hasNotText: 'One moment', hasNot: page.locator('.bk-input') })
        .getByRole('button', { name: 'Close', exact: true });
      const isGone = modal.waitFor({ ...patience, state: 'hidden' }).then(() => true);
      if (await Promise.race([isGone, answered.waitFor(patience).then(() => false)])) return;
      await answered.click();
      await modal.waitFor({ ...patience, state: 'hidden' });
    },
    type: async (line) => {
      await page.locator('.composer-input').first().fill(line);
      await page.locator('.composer-input').first().press('Enter');
    },
    screenshot: async (name) => {
      const path = join(screenshots, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
