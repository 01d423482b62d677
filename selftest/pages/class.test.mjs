import {address, expect, fits, tabTo, test, violations} from './pages.mjs';

const rows = (page) => page.locator('.heat-map tbody tr');
const names = (page) => page.locator('.heat-map tbody th a').allInnerTexts();
const head = (page, name) => page.getByRole('columnheader').filter({has: page.getByRole('button', {name, exact: true})});

test.beforeEach(({page}) => page.goto(address('index.html')));

test('says first where the kit failed, and counts no zero for it', async ({page}) => {
  await expect(page.locator('main > :first-child')).toContainText('The kit failed');
  await expect(page.locator('.kit-failure')).toContainText('the scratch folder is full');
  await expect(page.locator('.kit-failure').getByRole('link')).toHaveText(['Tony Hoare 2']);
  const row = rows(page).filter({has: page.getByRole('link', {name: 'Tony Hoare 2', exact: true})});
  await expect(row.getByRole('cell').first()).toHaveText('! no grade');
  await expect(page.locator('.distribution tr').filter({hasText: 'no grade'}).locator('td').last()).toHaveText('1');
});

test('says who is missing, late and unreadable', async ({page}) => {
  const panel = page.locator('[aria-labelledby=attention]');
  await expect(panel).toContainText('1 missing');
  await expect(panel).toContainText('1 unreadable');
  await expect(panel).toContainText('ask for it again');
  await expect(panel).toContainText('2 late');
});

test('counts failures that say the same together, the commonest first', async ({page}) => {
  const numbers = (await page.locator('.reason .share strong').allInnerTexts()).map(Number);
  expect(numbers.length).toBeGreaterThan(2);
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  const first = page.locator('.reason').first();
  await expect(first).toContainText('or the same with other numbers or names');
  await first.locator('summary').click();
  await expect(first.locator('.names li')).toHaveCount(numbers[0]);
  await expect(first).toContainText('other threads may overtake it');
});

test('shows those of a reason in the table', async ({page}) => {
  const first = page.locator('.reason').first();
  const number = Number(await first.locator('.share strong').innerText());
  await first.locator('summary').click();
  const wanted = await first.locator('.names a').allInnerTexts();
  await first.getByRole('button').click();
  await expect(rows(page)).toHaveCount(number);
  expect((await names(page)).sort()).toEqual(wanted.sort());
  await expect(page.locator('.heat-map td.fails').first()).toBeVisible();
  await page.getByRole('button', {name: 'Show all again'}).click();
  await expect(rows(page)).toHaveCount(14);
});

test('sorts by name, by points and by a criterion', async ({page}) => {
  const sorted = await names(page);
  await expect(head(page, 'student')).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('button', {name: 'student'}).click();
  expect(await names(page)).toEqual([...sorted].reverse());
  await page.getByRole('button', {name: 'points', exact: true}).click();
  await expect(page.locator('[aria-sort]')).toHaveAttribute('aria-sort', 'descending');
  const points = (await page.locator('.heat-map tbody td:nth-child(2)').allInnerTexts()).map((text) => text.trim());
  const numbers = points.filter((text) => /^\d+$/.test(text)).map(Number);
  expect(numbers.length).toBe(11);
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  expect(points.slice(11).every((text) => !/^\d/.test(text))).toBe(true);  // what has no number comes last
  await page.getByRole('button', {name: 'criteria of bounded_queue'}).click();
  await page.getByRole('button', {name: 'is right in whatever order its threads are moved'}).click();
  await expect(page.locator('.criterion[aria-sort]')).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows(page).first().locator('td.fails')).not.toHaveCount(0);
});

test('unfolds the criteria of a program, with a sign and a word for each verdict', async ({page}) => {
  const before = await page.locator('.heat-map tbody tr').first().locator('td').count();
  await page.getByRole('button', {name: 'criteria of bounded_queue'}).click();
  await expect(page.getByRole('button', {name: 'criteria of bounded_queue'})).toHaveAttribute('aria-expanded', 'true');
  await expect(rows(page).first().locator('td')).toHaveCount(before + 14);
  for (const [kind, text] of [['holds', '✓holds'], ['fails', '✗fails'], ['waits', '…waits'], ['kit_failed', '!kit failed']])
    await expect(page.locator(`.heat-map td.${kind}`).filter({has: page.locator('.spoken')}).first()).toHaveText(text);
  await page.getByRole('button', {name: 'criteria of bounded_queue'}).click();
  await expect(rows(page).first().locator('td')).toHaveCount(before);
});

test('filters by name, by submission and by a verdict', async ({page}) => {
  await page.getByLabel('Name').fill('hoare');
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole('status')).toHaveText('2 of 14 students are shown.');
  await page.getByLabel('Name').fill('');
  for (const [state, number] of [['late', 2], ['missing', 1], ['unreadable', 1], ['no grade', 1]]) {
    await page.getByLabel('Submission').selectOption(state);
    await expect(rows(page)).toHaveCount(number);
  }
  await page.getByLabel('Submission').selectOption('');
  await page.getByLabel('Criterion').selectOption({label: 'bounded_queue, any'});
  await page.getByLabel('Verdict').selectOption('kit failed');
  await expect(rows(page)).toHaveCount(1);
});

test('opens the page of a student and of a question', async ({page}) => {
  await rows(page).getByRole('link', {name: 'Edsger Dijkstra', exact: true}).click();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Edsger Dijkstra');
  await page.getByRole('link', {name: 'The class'}).click();
  await page.getByRole('link', {name: 'ch05, question 1'}).click();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Question 1');
});

test('can be used by keyboard alone', async ({page}) => {
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', {name: 'Skip to the content'})).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Name'));
  await page.keyboard.type('dijkstra');
  await expect(rows(page)).toHaveCount(1);
  await tabTo(page, page.getByRole('group', {name: 'Points of each student by program'}));
  await tabTo(page, page.getByRole('button', {name: 'criteria of fetch_threads'}));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', {name: 'criteria of fetch_threads'})).toBeFocused();
  await expect(page.locator('.heat-map td.fails').first()).toBeVisible();
  await tabTo(page, rows(page).first().getByRole('link'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Edsger Dijkstra');
});

test('a student’s text is text', async ({page}) => {
  const link = rows(page).getByRole('link', {name: 'Mallory'});
  await expect(link).toContainText('</script><script>window.pwned=1</script>');
  await expect(link).toContainText('\\x1b[31m \\u{202e}right to left\\u{202c}');
  await expect(page.locator('img, base, iframe, main script, main style')).toHaveCount(0);
});

test('is accessible and fits', async ({page}) => {
  expect(await violations(page)).toEqual([]);
  expect(await fits(page)).toBe(true);
  await page.getByRole('button', {name: 'criteria of bounded_queue'}).click();
  await page.locator('.reason summary').first().click();
  expect(await violations(page)).toEqual([]);
  expect(await fits(page)).toBe(true);
});

test('shows a class of 200 whole, and sorts and unfolds it', async ({page}) => {
  await page.goto(address('index.html', 'large'));
  await expect(rows(page)).toHaveCount(200);
  await page.getByRole('button', {name: 'points', exact: true}).click();
  await page.getByRole('button', {name: 'criteria of processing_server'}).click();
  await expect(rows(page)).toHaveCount(200);
  expect(await fits(page)).toBe(true);
});
