import { expect, it } from 'vitest';
import { serviceNamed, withServiceNamed } from '../../../src/domain/team/service-named.ts';
import { typedName, unquoted } from '../../../src/domain/typed-name.ts';

it.each([
  ['“v1.2.0”', 'v1.2.0'],
  ["'v1.2.0'", 'v1.2.0'],
  ['`v1.2.0`', 'v1.2.0'],
  ['v1.2.0.', 'v1.2.0'],
  ['v1.2.0,', 'v1.2.0'],
  ['v1.3.0–rc1', 'v1.3.0-rc1'],
  ['INC‑12', 'INC-12'],
  ['sh\u200bop\ufeff', 'shop'],
  ['\u00a0shop\u00a0', 'shop'],
  ['ｓｈｏｐ', 'shop'],
  ['—help', '-help'],
  ['“shop', '“shop'],
  ['shop.io', 'shop.io'],
  ['feature/x_y', 'feature/x_y'],
])('%s means %s', (typed, meant) => {
  expect(typedName(typed)).toBe(meant);
});

it.each([
  ['“checkout is broken”', 'checkout is broken'],
  ['“it’s broken”', 'it’s broken'],
  ['‘it’s broken’', 'it’s broken'],
  ['"shop" and "web"', '"shop" and "web"'],
  ['“a” or “b”', '“a” or “b”'],
  ['""', '""'],
  [' plain ', 'plain'],
])('%s is the text %s', (typed, text) => {
  expect(unquoted(typed)).toBe(text);
});

const service = (title: string) => ({ title }) as never;
const team = {
  services: {
    shop: service('Shop'),
    'shop.io': service('Shop I/O'),
    'web-shop': service('Web Shop'),
    web: service('Web'),
  },
};

it.each([
  ['SHOP', 'shop'],
  ['“Web Shop”', 'web-shop'],
  ['web–shop', 'web-shop'],
  ['Web\u00a0Shop', 'web-shop'],
  ['shop.io', 'shop.io'],
  ['shop.', 'shop'],
  ['shops', undefined],
])('%s is the service %s', (typed, name) => {
  expect(serviceNamed(team, typed)).toBe(name);
});

it.each([
  [
    ['Web', 'Shop', 'v1.2.0'],
    ['web-shop', 'v1.2.0'],
  ],
  [
    ['“Web', 'Shop”', 'v1.2.0', 'it', 'fails'],
    ['web-shop', 'v1.2.0', 'it', 'fails'],
  ],
  [
    ['web', 'v1'],
    ['web', 'v1'],
  ],
  [
    ['nothing', 'known'],
    ['nothing', 'known'],
  ],
])('%j begins with a service: %j', (words, named) => {
  expect(withServiceNamed(team, words)).toEqual(named);
});
