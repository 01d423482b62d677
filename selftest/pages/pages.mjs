// What the tests share: a page that is watched, and the folder with the pages of a class.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';
import {test as base, expect} from '@playwright/test';

export {expect};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const address = (name, folder = 'class') => pathToFileURL(`${process.cwd()}/${folder}/${name}`).href;

// After each test: no error on the console, nothing fetched but the page itself, no script of a student's.
export const test = base.extend({
  page: async ({page}, use) => {
    const errors = [], fetched = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) fetched.push(request.url());
    });
    await use(page);
    expect(errors).toEqual([]);
    expect(fetched).toEqual([]);
    expect(await page.evaluate(() => window.pwned)).toBeUndefined();
  },
});

// What axe finds, each as "rule: the element".
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {resultTypes: ['violations']}));
  return found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
}

export const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

// Presses Tab until that element has the focus.
export async function tabTo(page, locator) {
  for (let i = 0; i < 500; i++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${locator} is not reached by Tab`);
}
