import { type Files, firstFiles } from './shop-files.ts';

export type ShopCommit = {
  readonly author: string;
  readonly subject: string;
  /** ISO */
  readonly at: string;
  readonly files: Files;
  readonly release?: string;
};

const FULL_PRICE = `/** Price in cents. */
export const priceOf = async (item) => item.price;
`;

const VOLUME = `/** Price in cents; what we have plenty of is cheaper. */
export const priceOf = async (item) => (item.stock > 100 ? Math.round(item.price * 0.9) : item.price);
`;

const SEASONAL = `const SALE_PERCENT = 15;

/** Price in cents; what we have plenty of is on sale. */
export const priceOf = async (item) =>
  item.stock > 100 ? Math.round((item.price * (100 - SALE_PERCENT)) / 100) : item.price;
`;

/** The bad release: new customers have no tier, and every visit waits for a slow look-up. */
const LOYALTY = `import { setTimeout as pause } from 'node:timers/promises';

const TIERS = { gold: { percent: 15 }, silver: { percent: 10 }, bronze: { percent: 5 } };

/** Price in cents, by the customer's loyalty tier. */
export async function priceOf(item, customer) {
  const { percent } = await lookUpTier(customer);
  return Math.round((item.price * (100 - percent)) / 100);
}

/** The loyalty service takes its time. */
async function lookUpTier(customer) {
  await pause(900);
  return TIERS[customer.tier];
}
`;

const version = (release: string): Files => ({
  'package.json': `${JSON.stringify({ name: 'shop', version: release.slice(1), type: 'module' }, null, 2)}\n`,
});

const catalogue = (items: Readonly<Record<string, readonly [price: number, stock: number]>>): Files => ({
  'catalogue.json': `${JSON.stringify(
    Object.entries(items).map(([name, [price, stock]]) => ({ name, price, stock })),
    null,
    2,
  )}\n`,
});

const prices = (text: string): Files => ({ 'prices.mjs': text });
const changes = (text: string): Files => ({ 'CHANGELOG.md': text });

const MUGS = { 'Blue mug': [1200, 40], 'Red mug': [1250, 25] } as const;
const TEA = { ...MUGS, 'Tea pot': [3400, 12] } as const;
const PLENTY = { ...TEA, 'Green mug': [1100, 240] } as const;

/** How the shop came to be, oldest commit first. The last release is the bad one. */
export const shopHistory: readonly ShopCommit[] = [
  {
    author: 'Mia Berg',
    subject: 'Sell two mugs',
    at: '2025-01-13T09:12:00Z',
    files: { ...firstFiles, ...catalogue(MUGS), ...prices(FULL_PRICE), ...version('v1.0.0') },
    release: 'v1.0.0',
  },
  {
    author: 'Jonas Lind',
    subject: 'Add the tea pot',
    at: '2025-01-20T10:30:00Z',
    files: catalogue(TEA),
  },
  {
    author: 'Mia Berg',
    subject: 'Keep a change log, release 1.1.0',
    at: '2025-01-21T08:05:00Z',
    files: { ...changes('# Changes\n\n- 1.1.0: tea pot\n'), ...version('v1.1.0') },
    release: 'v1.1.0',
  },
  {
    author: 'Priya Nair',
    subject: 'Add the green mug, of which there are many',
    at: '2025-02-03T13:44:00Z',
    files: catalogue(PLENTY),
  },
  {
    author: 'Jonas Lind',
    subject: 'Make what we have plenty of cheaper, release 1.2.0',
    at: '2025-02-04T11:20:00Z',
    files: {
      ...prices(VOLUME),
      ...changes('# Changes\n\n- 1.2.0: green mug, volume prices\n- 1.1.0: tea pot\n'),
      ...version('v1.2.0'),
    },
    release: 'v1.2.0',
  },
  {
    author: 'Priya Nair',
    subject: 'Seasonal sale',
    at: '2025-03-10T09:00:00Z',
    files: prices(SEASONAL),
  },
  {
    author: 'Mia Berg',
    subject: 'Release 1.3.0',
    at: '2025-03-10T15:31:00Z',
    files: {
      ...changes(
        '# Changes\n\n- 1.3.0: seasonal sale\n- 1.2.0: green mug, volume prices\n- 1.1.0: tea pot\n',
      ),
      ...version('v1.3.0'),
    },
    release: 'v1.3.0',
  },
  {
    author: 'Jonas Lind',
    subject: 'Restock the red mug',
    at: '2025-03-24T07:50:00Z',
    files: catalogue({ ...PLENTY, 'Red mug': [1250, 90] }),
  },
  {
    author: 'Priya Nair',
    subject: 'Prices by loyalty tier',
    at: '2025-03-25T16:12:00Z',
    files: prices(LOYALTY),
  },
  {
    author: 'Mia Berg',
    subject: 'Release 1.4.0',
    at: '2025-03-25T17:02:00Z',
    files: {
      ...changes(
        '# Changes\n\n- 1.4.0: loyalty tiers\n- 1.3.0: seasonal sale\n- 1.2.0: green mug, volume prices\n- 1.1.0: tea pot\n',
      ),
      ...version('v1.4.0'),
    },
    release: 'v1.4.0',
  },
];
