import {address, expect, fits, test, violations} from './pages.mjs';

const program = (page, name) => page.locator('section.program').filter({has: page.getByRole('heading', {name, exact: true})});

test('shows the evidence, the line it names and the order that breaks the program', async ({page}) => {
  await page.goto(address('students/001-student.html'));
  const section = program(page, 'bounded_queue');
  const failed = section.locator('li.fails');
  await expect(failed).toHaveCount(1);
  for (const [key, text] of [['saw', 'the program hangs: main waits in join'], ['expected', 'looks again after every wake-up'],
    ['why', 'other threads may overtake it'], ['read', 'labs/ch05_shared_memory/README.md#step-4']])
    await expect(failed.locator(`.evidence .${key}`)).toContainText(text);
  await expect(failed.locator('mark.line')).toHaveText(/not_empty_\.wait\(lock/);
  await expect(failed.locator('mark.line')).toHaveAttribute('data-number', '23');
  const image = failed.getByRole('img');
  await expect(image).toHaveAttribute('src', /^data:image\/svg\+xml;base64,/);
  expect(await image.evaluate((element) => element.decode().then(() => element.naturalWidth))).toBeGreaterThan(300);
  await failed.getByText('The same in characters').click();
  await expect(failed.locator('.order pre')).toContainText('notifies, but no thread waits');
});

test('unfolds what was seen of a criterion that holds, and the whole source', async ({page}) => {
  await page.goto(address('students/001-student.html'));
  const section = program(page, 'bounded_queue');
  const held = section.locator('li.holds').first();
  await expect(held.locator('.evidence')).toBeHidden();
  await held.locator('summary').press('Enter');
  await expect(held.locator('.evidence')).toContainText('2 producers and 2 consumers');
  await section.getByText('bounded_queue.cpp, all 28 lines').press('Enter');
  await expect(section.locator('.source code')).toContainText('class BoundedQueue {');
  await expect(section.locator('.source pre').first()).toContainText('▸ 23');
});

test('says what waits for what', async ({page}) => {
  await page.goto(address('students/001-student.html'));
  const waiting = page.locator('li.waits').first();
  await expect(waiting).toContainText('…');
  await expect(waiting).toContainText('waits until “is right in whatever order its threads are moved” holds');
});

test('shows what the compiler said, and the line', async ({page}) => {
  await page.goto(address('students/004-student.html'));
  const section = program(page, 'countdown_threads_v1');
  await expect(section.locator('.said')).toContainText("'mutex_' was not declared in this scope");
  await expect(section.locator('mark.line')).toHaveText(/std::unique_lock lock/);
  await expect(section.locator('.badge').first()).toHaveText('✗ not built');
});

test('says that the kit failed, and gives no number', async ({page}) => {
  await page.goto(address('students/011-student.html'));
  await expect(page.locator('.total')).toContainText('no grade');
  await expect(page.locator('main > :first-child')).toContainText('The kit failed');
  await expect(page.locator('li.kit_failed').first()).toContainText('make room in /tmp');
  await expect(page.locator('li.kit_failed').first().locator('.points')).toHaveText('no grade');
});

test('says why there is nothing to show', async ({page}) => {
  await page.goto(address('students/008-student.html'));
  await expect(page.locator('main')).toContainText('Nothing was handed in');
  await page.goto(address('students/009-student.html'));
  await expect(page.locator('main')).toContainText('the zip ends in the middle of a file');
});

test('leads to a program by the address, and to the neighbours', async ({page}) => {
  await page.goto(address('students/001-student.html') + '#program-scaling');
  await expect(page.getByRole('heading', {name: 'scaling', exact: true})).toBeInViewport();
  await page.getByRole('link', {name: 'after: Tony Hoare'}).click();
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Tony Hoare');
});

test('a student’s text is text', async ({page}) => {
  await page.goto(address('index.html'));
  await page.locator('.heat-map tbody').getByRole('link', {name: 'Mallory'}).click();
  await expect(page.getByRole('heading', {level: 1})).toContainText('Mallory </script><script>window.pwned=1');
  await page.getByText(/^bounded_queue\.cpp, all/).click();
  await expect(program(page, 'bounded_queue').locator('.source code')).toContainText('<base href="http://127.0.0.1:1/">');
  await expect(program(page, 'bounded_queue').locator('.source code')).toContainText('\\x00');
  await expect(page.locator('.written').first()).toContainText('<a href="javascript:window.pwned=4">');
  await expect(page.locator('.remark')).toContainText('onerror="window.pwned=2"');
  await expect(page.locator('base, iframe, main script, main style, [onerror], [onload]')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  expect(await fits(page)).toBe(true);
});

for (const name of ['001', '004', '008', '011']) {
  test(`page ${name} is accessible and fits`, async ({page}) => {
    await page.goto(address(`students/${name}-student.html`));
    for (const summary of await page.locator('.whole summary').all()) await summary.click();
    expect(await violations(page)).toEqual([]);
    expect(await fits(page)).toBe(true);
  });
}

test('one grading is a page, too', async ({page}) => {
  await page.goto(address('grading.html'));
  await expect(page.getByRole('heading', {level: 1})).toHaveText('Edsger Dijkstra');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({javaScriptEnabled: false});
  test('a page says what it needs', async ({page}) => {
    await page.goto(address('grading.html'));
    await expect(page.locator('noscript p')).toBeVisible();
    await expect(page.locator('noscript p')).toContainText('JavaScript is off');
  });
});
