// The table of students by programs, and of a program that is unfolded by its criteria.

const letters = {h: 'holds', f: 'fails', w: 'waits', k: 'kit_failed'};

const view = {
  open: new Set(),                       // columns whose criteria are shown
  sort: {by: 'name', column: 0, criterion: 0, up: true},
  name: '', state: '', where: '', verdict: '', reason: null,
};

// A place in the table as "column" or "column.criterion", and back.
const placeOf = (column, criterion) => (criterion === undefined ? `${column}` : `${column}.${criterion}`);

const letterAt = (student, column, criterion) => student.cells[column]?.verdicts[criterion] ?? '-';

// --- Which students, in which order ---

function hasVerdict(student, where, letter) {
  const [column, criterion] = where.split('.').map(Number);
  const all = student.cells[column]?.verdicts ?? '-';
  const verdict = criterion === undefined ? all : all[criterion];
  return criterion === undefined ? all.includes(letter) : verdict === letter;
}

const states = {
  late: (student) => student.late,
  missing: (student) => student.state === 'missing',
  unreadable: (student) => student.state === 'unreadable',
  'no grade': (student) => student.state === 'graded' && student.points === null,
};

function isShown(student, place) {
  if (view.reason && !view.reason.students.includes(place)) return false;
  if (view.state && !states[view.state](student)) return false;
  if (view.where && view.verdict && !hasVerdict(student, view.where, view.verdict)) return false;
  const wanted = view.name.toLowerCase();
  return `${student.name} ${student.id}`.toLowerCase().includes(wanted);
}

const byName = new Intl.Collator('en', {numeric: true}).compare;

// What to sort by: numbers, and null for what has none, which comes last either way.
function keyOf(student) {
  const {by, column, criterion} = view.sort;
  if (by === 'points') return student.points;
  if (by === 'column') return student.cells[column]?.points ?? null;
  const place = 'fwkh'.indexOf(letterAt(student, column, criterion));
  return place < 0 ? null : place;
}

function compare(a, b) {
  const way = view.sort.up ? 1 : -1;
  if (view.sort.by === 'name') return way * byName(a.name, b.name);
  const one = keyOf(a), other = keyOf(b);
  if (one === null || other === null) return (one === null) - (other === null) || byName(a.name, b.name);
  return way * (one - other) || byName(a.name, b.name);
}

// --- The table ---

const isSortedBy = (sort) => ['by', 'column', 'criterion'].every((key) => (sort[key] ?? 0) === view.sort[key]);

// A click sorts, a second one turns the order round. Numbers begin with the most, criteria with those that fail.
function sortable(label, sort, attributes = {}, ...more) {
  const sorted = isSortedBy(sort);
  const choose = () => {
    const up = sorted ? !view.sort.up : sort.by === 'name' || sort.by === 'criterion';
    view.sort = {column: 0, criterion: 0, ...sort, up};
    draw(`sort ${JSON.stringify(sort)}`);
  };
  return h('th', {scope: 'col', 'aria-sort': sorted ? (view.sort.up ? 'ascending' : 'descending') : null, ...attributes},
    h('button', {type: 'button', class: 'sort', click: choose, 'data-focus': `sort ${JSON.stringify(sort)}`}, label,
      h('span', {'aria-hidden': 'true', class: 'arrow'}, sorted ? (view.sort.up ? ' ▲' : ' ▼') : '')), ...more);
}

function columnHead(column, i) {
  const open = view.open.has(i);
  const fold = () => {
    if (open) view.open.delete(i);
    else view.open.add(i);
    draw(`fold ${i}`);
  };
  const what = column.answers ? 'questions' : 'criteria';
  return [sortable(breakable(column.title), {by: 'column', column: i}, {class: 'column'},
    h('span', {class: 'most'}, `of ${column.max_points}`),
    h('button', {type: 'button', class: 'fold', click: fold, 'aria-expanded': `${open}`, 'data-focus': `fold ${i}`,
      'aria-label': `${what} of ${column.title}`}, open ? '−' : '+')),
  open && column.criteria.map((criterion, k) =>
    sortable(criterion.name, {by: 'criterion', column: i, criterion: k}, {class: 'criterion'},
      h('span', {class: 'most'}, criterion.points)))];
}

function chapterHeads() {
  const heads = [];
  columns.forEach((column, i) => {
    const width = 1 + (view.open.has(i) ? column.criteria.length : 0);
    const last = heads[heads.length - 1];
    if (last?.chapter === column.chapter) last.width += width;
    else heads.push({chapter: column.chapter, width});
  });
  return h('tr', {class: 'chapters'}, h('td', {colspan: '2'}),
    heads.map(({chapter, width}) => h('th', {scope: 'colgroup', colspan: width}, chapter)));
}

function programCell(cell, column) {
  if (!cell) return h('td', {class: 'absent'}, '–', spoken(' not graded'));
  if (cell.points === null) return h('td', {class: 'kit_failed'}, '!', h('span', {class: 'small'}, ' no grade'));
  const element = h('td', {class: 'heat'}, cell.points, !cell.built && h('span', {class: 'small'}, ' ✗ not built'));
  element.style.setProperty('--share', Math.round(100 * cell.points / Math.max(column.max_points, 1)));
  return element;
}

function criterionCell(letter, answers) {
  const verdict = letters[letter];
  if (!verdict) return h('td', {class: 'absent'}, '–', spoken(' not graded'));
  const word = answers ? (letter === 'h' ? 'answered' : 'open') : verdicts[verdict].word;
  return h('td', {class: verdict}, h('span', {'aria-hidden': 'true'}, verdicts[verdict].sign), spoken(word));
}

function row(student) {
  const cells = columns.flatMap((column, i) => [programCell(student.cells[i], column),
    ...(view.open.has(i) ? column.criteria.map((_, k) => criterionCell(letterAt(student, i, k), column.answers)) : [])]);
  const state = student.state === 'graded' ? null : h('span', {class: 'state'}, student.state);
  const points = student.state !== 'graded' ? h('td', {class: 'absent'}, '–', spoken(' no submission')) :
    student.points === null ? h('td', {class: 'kit_failed'}, '!', h('span', {class: 'small'}, ' no grade')) :
      h('td', {class: 'total'}, student.points);
  return h('tr', {}, h('th', {scope: 'row'}, linkTo(student), state && [' ', state],
    student.late && [' ', h('span', {class: 'late'}, 'late')]), points, cells);
}

// Below the heads: for how many of those who are shown each criterion holds.
function holdsRow(list) {
  const judged = list.filter((student) => student.state === 'graded');
  const hold = (i, k) => judged.filter((student) => letterAt(student, i, k) === 'h').length;
  const all = (i) => judged.filter((student) => /^h+$/.test(student.cells[i]?.verdicts ?? '')).length;
  return h('tr', {class: 'holds-for'}, h('th', {scope: 'row'}, 'all holds for'), h('td', {}),
    columns.flatMap((column, i) => [h('td', {}, all(i)),
      ...(view.open.has(i) ? column.criteria.map((_, k) => h('td', {}, hold(i, k))) : [])]));
}

const table = h('table', {class: 'heat-map'});
const shownCount = h('p', {role: 'status', class: 'status'});
const chosen = h('p', {class: 'chosen'});

// `focus`: what the reader pressed, which is a new element now.
function draw(focus) {
  const list = students.filter(isShown).sort(compare);
  table.replaceChildren(
    h('caption', {class: 'spoken'}, 'Points of each student by program. The buttons in the heads sort, and unfold a program’s criteria.'),
    h('thead', {}, chapterHeads(), h('tr', {}, sortable('student', {by: 'name'}),
      sortable('points', {by: 'points'}, {class: 'points-column'}, h('span', {class: 'most'}, `of ${data.max_points}`)),
      columns.map(columnHead)), holdsRow(list)),
    h('tbody', {}, list.map(row)));
  shownCount.textContent = list.length === students.length ? `All ${counted(students.length, 'student')} are shown.` :
    `${list.length} of ${counted(students.length, 'student')} ${list.length === 1 ? 'is' : 'are'} shown.`;
  chosen.replaceChildren(...(view.reason ? [`Those of “${headline(view.reason)}”. `,
    h('button', {type: 'button', click: () => onlyThose(null)}, 'Show all again')] : []));
  if (focus) [...table.querySelectorAll('button')].find((button) => button.dataset.focus === focus)?.focus();
}

// From the list of reasons: those students alone, with the criterion in view.
function onlyThose(reason) {
  view.reason = reason;
  const place = reason ? columns.findIndex((column) => column.title === reason.program) : -1;
  if (place >= 0 && reason.criterion) view.open.add(place);
  draw();
  document.getElementById('students').focus();
}

// --- What is asked for ---

function chooser(label, key, options) {
  const select = h('select', {change: () => {
    view[key] = select.value;
    draw();
  }}, options);
  return h('label', {}, label, select);
}

const option = (value, text) => h('option', {value}, text);

function controls() {
  const search = h('input', {type: 'search', autocomplete: 'off', input: () => {
    view.name = search.value;
    draw();
  }});
  return h('form', {class: 'controls', submit: (event) => event.preventDefault(), 'aria-label': 'Which students'},
    h('label', {}, 'Name', search),
    chooser('Submission', 'state', [option('', 'any'), Object.keys(states).map((state) => option(state, state))]),
    chooser('Criterion', 'where', [option('', 'any'), columns.map((column, i) =>
      h('optgroup', {label: `${column.chapter} ${column.title}`}, option(placeOf(i), `${column.title}, any`),
        column.criteria.map((criterion, k) => option(placeOf(i, k), criterion.name))))]),
    chooser('Verdict', 'verdict', [option('', 'any'),
      Object.entries(letters).map(([letter, verdict]) => option(letter, verdicts[verdict].word)), option('-', 'not graded')]));
}

function heatMap() {
  draw();
  return h('section', {'aria-labelledby': 'students'}, h('h2', {id: 'students', tabindex: '-1'}, 'Students'),
    controls(), shownCount, chosen, scrolled('Points of each student by program', table), legend());
}
