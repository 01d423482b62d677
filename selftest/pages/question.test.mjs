import {readFileSync, writeFileSync} from 'node:fs';
import {address, expect, fits, tabTo, test, violations} from './pages.mjs';

const card = (page, name) => page.locator('article').filter({has: page.getByRole('link', {name, exact: true})});
const points = (page, name) => page.getByLabel(`points for ${name}`, {exact: true});
const remarks = (page, name) => page.getByLabel(`remarks for ${name}`, {exact: true});
const status = (page) => page.getByRole('status');

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: button}).click()]);
  return {name: download.suggestedFilename(), path: await download.path()};
}

test.beforeEach(({page}) => page.goto(address('questions/ch01-2.html')));

test('has the question on top, and every answer', async ({page}) => {
  await expect(page.locator('.asked')).toContainText('What does a process have for itself');
  await expect(page.locator('article')).toHaveCount(12);
  await expect(card(page, 'Ada Lovelace')).toContainText('The lines of one actor keep their order');
  await expect(card(page, 'Barbara Liskov')).toContainText('Nothing is written there.');
});

test('saves points and remarks, and loads them again', async ({page}, info) => {
  await points(page, 'Ada Lovelace').fill('1.5');
  await remarks(page, 'Ada Lovelace').fill('=right, but "why"?\n<script>window.pwned=7</script>');
  await points(page, 'Tony Hoare').fill('2');
  await expect(status(page)).toContainText('Not in a file yet');
  await expect(page.getByText('2 of 12 students have points.')).toBeVisible();
  const json = await saved(page, 'Save marks.json');
  expect(json.name).toBe('marks.json');
  const marks = JSON.parse(readFileSync(json.path, 'utf8'));
  expect(marks.marks['ch01-2']['000-student']).toEqual({points: 1.5, remarks: '=right, but "why"?\n<script>window.pwned=7</script>'});
  const csv = await saved(page, 'Save as CSV');
  expect(readFileSync(csv.path, 'utf8')).toContain('000-student,Ada Lovelace,1.5,"\'=right, but ""why""?\n');

  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(points(page, 'Ada Lovelace')).toHaveValue('');
  marks.marks['ch01-1'] = {'000-student': {points: 2, remarks: 'of another question'}};
  marks.marks['ch01-2']['999-gone'] = {points: 1, remarks: ''};
  const file = info.outputPath('marks.json');
  writeFileSync(file, JSON.stringify(marks));
  await page.getByLabel('Load marks').setInputFiles(file);
  await expect(status(page)).toContainText('1 student who is not on this page (999-gone)');
  await expect(points(page, 'Ada Lovelace')).toHaveValue('1.5');
  await expect(points(page, 'Tony Hoare')).toHaveValue('2');
  await expect(remarks(page, 'Ada Lovelace')).toHaveValue(/window\.pwned=7/);
  await points(page, 'Tony Hoare').fill('');
  const again = JSON.parse(readFileSync((await saved(page, 'Save marks.json')).path, 'utf8'));
  expect(again.marks['ch01-1']).toEqual(marks.marks['ch01-1']);
  expect(again.marks['ch01-2']['999-gone']).toEqual({points: 1, remarks: ''});
  expect(again.marks['ch01-2']['002-student']).toBeUndefined();
});

test('refuses points that cannot be, and files that are none of its own', async ({page}, info) => {
  await points(page, 'Ada Lovelace').fill('3');
  await expect(card(page, 'Ada Lovelace')).toContainText('3 is not from 0 to 2: give 0 to 2 points.');
  await expect(page.getByText('0 of 12 students have points.')).toBeVisible();
  await points(page, 'Ada Lovelace').fill('1');
  page.on('dialog', (dialog) => dialog.accept());
  for (const [text, said] of [['not json', 'is not JSON'], ['{"marks": []}', 'has no marks of version 1']]) {
    const file = info.outputPath('other.json');
    writeFileSync(file, text);
    await page.getByLabel('Load marks').setInputFiles(file);
    await expect(status(page)).toContainText(said);
    await expect(status(page)).toContainText('choose a file that this page saved');
    await expect(points(page, 'Ada Lovelace')).toHaveValue('1');
  }
});

test('keeps a copy in the browser where that is allowed', async ({page}) => {
  await points(page, 'Ada Lovelace').fill('2');
  await expect(status(page)).toContainText('This browser keeps a copy meanwhile.');
  await saved(page, 'Save marks.json');
  await page.reload();
  await expect(points(page, 'Ada Lovelace')).toHaveValue('2');
});

test('works where the browser keeps nothing', async ({page}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});
  });
  await page.reload();
  await points(page, 'Ada Lovelace').fill('2');
  await expect(status(page)).toContainText('This browser keeps no copy.');
  expect(readFileSync((await saved(page, 'Save marks.json')).path, 'utf8')).toContain('"points": 2');
});

test('hides names, and questions that are open', async ({page}) => {
  await page.getByLabel('hide names').check();
  await expect(card(page, 'Ada Lovelace').locator('.who')).toBeHidden();
  await page.getByLabel('hide open ones').check();
  await expect(page.locator('article:visible')).toHaveCount(9);
});

test('can be used by keyboard alone', async ({page}) => {
  await tabTo(page, points(page, 'Edsger Dijkstra'));
  await page.keyboard.type('1');
  await page.keyboard.press('Tab');
  await page.keyboard.type('see the second run');
  await expect(remarks(page, 'Edsger Dijkstra')).toHaveValue('see the second run');
  await page.keyboard.press('Shift+Tab');
  await expect(points(page, 'Edsger Dijkstra')).toBeFocused();
});

test('a student’s text is text', async ({page}) => {
  const hostile = page.locator('article').filter({hasText: 'Mallory'});
  await expect(hostile.locator('.written')).toContainText('</script><script>window.pwned=1</script>');
  await expect(page.locator('img, base, iframe, main script')).toHaveCount(0);
});

test('is accessible and fits', async ({page}) => {
  await points(page, 'Ada Lovelace').fill('9');
  expect(await violations(page)).toEqual([]);
  expect(await fits(page)).toBe(true);
});
