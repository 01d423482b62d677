// The page of a class: what to know first, and why points are lost. The table of students is in heat_map.js.

const {students, columns, reasons} = data;
const graded = students.filter((student) => student.state === 'graded');
const withGrade = graded.filter((student) => student.points !== null);
const withoutGrade = graded.filter((student) => student.points === null);

const linkTo = (student) => h('a', {href: student.href}, student.name || student.id);

const listed = (list) => h('ul', {class: 'names'}, list.map((student) => h('li', {}, linkTo(student))));

// "14 of 60 students"
const share = (number, of) => `${number} of ${counted(of, 'student')}`;

function failures() {
  if (withoutGrade.length === 0) return null;
  const causes = new Map();
  for (const student of withoutGrade) {
    for (const failure of student.kit_failures)
      causes.set(failure, [...(causes.get(failure) ?? []), student]);
  }
  return kitFailure(
    h('p', {}, `${counted(withoutGrade.length, 'student has', 'students have')} no grade: the kit could not judge ` +
      'everything. That is not their fault, and no zero is counted. Fix what is named here, then grade them again.'),
    h('ul', {}, [...causes].map(([cause, list]) => h('li', {}, cause, listed(list)))));
}

function attention() {
  const groups = [
    ['missing', students.filter((student) => student.state === 'missing'), 'nothing was handed in'],
    ['unreadable', students.filter((student) => student.state === 'unreadable'), 'there is nothing to grade in it'],
    ['late', students.filter((student) => student.late), 'handed in after the time that was given'],
  ];
  const name = (student, word) => h('li', {}, linkTo(student),
    word === 'unreadable' && student.problem && h('span', {class: 'hint'}, ` ${student.problem}`),
    word === 'late' && student.handed_in && h('span', {class: 'hint'}, ` ${timeOf(student.handed_in)}`));
  return h('section', {'aria-labelledby': 'attention', class: 'panel'}, h('h2', {id: 'attention'}, 'Who to ask'),
    h('div', {class: 'groups'}, groups.map(([word, list, meaning]) => {
      const title = [h('strong', {class: 'number'}, list.length), ` ${word} `, h('span', {class: 'hint'}, meaning)];
      if (list.length === 0) return h('p', {}, title);
      return h('details', {open: list.length <= 8}, h('summary', {}, title),
        h('ul', {class: 'names'}, list.map((student) => name(student, word))));
    })));
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b), middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// Ten steps from 0 to all points; the last one includes all.
function distribution() {
  const most = data.max_points, steps = Math.min(10, Math.max(most, 1));
  const buckets = Array.from({length: steps}, (_, i) => ({
    from: Math.ceil(most * i / steps),
    to: i === steps - 1 ? most : Math.ceil(most * (i + 1) / steps) - 1,
    count: 0,
  }));
  for (const {points} of withGrade) buckets.findLast((bucket) => points >= bucket.from || bucket === buckets[0]).count++;
  const longest = Math.max(1, withoutGrade.length, ...buckets.map((bucket) => bucket.count));
  const bar = (count, kind) => {
    const element = h('span', {class: `bar ${kind}`});
    element.style.inlineSize = `${100 * count / longest}%`;
    return h('td', {class: 'bars', 'aria-hidden': 'true'}, element);
  };
  const row = (label, count, kind) =>
    h('tr', {}, h('th', {scope: 'row', class: 'number'}, label), bar(count, kind), h('td', {class: 'number'}, count));
  return h('section', {'aria-labelledby': 'distribution', class: 'panel'},
    h('h2', {id: 'distribution'}, 'Points'),
    withGrade.length > 0 && h('p', {}, 'Median ',
      h('strong', {}, median(withGrade.map((student) => student.points))), ` of ${most}.`),
    h('table', {class: 'distribution'}, h('caption', {class: 'spoken'}, 'How many students have how many points'),
      h('thead', {class: 'spoken'}, h('tr', {}, h('th', {scope: 'col'}, 'points'), h('td', {'aria-hidden': 'true'}),
        h('th', {scope: 'col'}, 'students'))),
      h('tbody', {}, buckets.map(({from, to, count}) => row(from === to ? `${from}` : `${from}–${to}`, count, '')),
        withoutGrade.length > 0 && row('no grade !', withoutGrade.length, 'kit_failed'))));
}

// What is wrong, in one line: for lists and for the filter.
const headline = (reason) => `${reason.program}: ${reason.criterion || 'cannot be built'}`;

function reasonItem(reason) {
  const number = reason.students.length;
  return h('li', {class: 'reason'},
    h('p', {class: 'share'}, h('strong', {}, number), ` of ${reason.of}`, spoken(' students')),
    h('div', {}, h('h3', {}, h('code', {}, breakable(reason.program)), ' ',
      reason.criterion ? [badge('fails'), ' ', reason.criterion] : badge('fails', 'cannot be built')),
    h('p', {class: 'saw'}, reason.saw, reason.varies &&
      h('span', {class: 'hint'}, ' (or the same with other numbers or names)')),
    h('details', {}, h('summary', {}, counted(number, 'student'), reason.expected && ', and why it matters'),
      reason.expected && h('dl', {class: 'evidence'},
        h('div', {}, h('dt', {}, 'expected'), h('dd', {}, reason.expected)),
        h('div', {}, h('dt', {}, 'why'), h('dd', {}, reason.why)),
        h('div', {}, h('dt', {}, 'read'), h('dd', {}, h('code', {}, reason.read)))),
      listed(reason.students.map((place) => students[place])),
      h('button', {type: 'button', click: () => onlyThose(reason)}, 'Show them in the table'))));
}

const atFirst = 8;  // reasons that are shown before one asks for more

function reasonsSection() {
  const rest = reasons.slice(atFirst);
  const list = h('ol', {class: 'reasons'}, reasons.slice(0, atFirst).map(reasonItem));
  const more = h('button', {type: 'button', click: () => {
    const items = rest.map(reasonItem);
    list.append(...items);
    more.remove();
    items[0].querySelector('summary').focus();
  }}, `Show ${counted(rest.length, 'more reason')}`);
  return h('section', {'aria-labelledby': 'reasons'}, h('h2', {id: 'reasons'}, 'The commonest reasons'),
    reasons.length === 0 ? h('p', {}, 'No criterion fails.') :
      h('p', {class: 'hint'}, 'Failures that say the same, but for numbers and names, are counted together.'),
    list, rest.length > 0 && more);
}

function questionsSection() {
  const chapters = columns.filter((column) => column.answers);
  if (chapters.length === 0) return null;
  return h('section', {'aria-labelledby': 'questions'}, h('h2', {id: 'questions'}, 'Questions'),
    h('p', {class: 'hint'}, 'All answers to a question side by side, with room for points and remarks.'),
    h('ul', {class: 'questions'}, chapters.map((chapter) => chapter.criteria.map((question, i) => {
      const place = columns.indexOf(chapter);
      const answered = graded.filter((student) => student.cells[place]?.verdicts[i] === 'h').length;
      return h('li', {}, h('a', {href: question.href}, `${chapter.chapter}, ${question.name}`),
        h('span', {class: 'hint'}, ` ${answered} of ${graded.length} answered`));
    }))));
}

show([h('h1', {}, 'The class'),
  h('p', {class: 'about'}, counted(students.length, 'student'), `, ${graded.length} graded`,
    data.graded && `, the last one ${timeOf(data.graded)}`, ` · ${counted(data.max_points, 'point')}`)],
failures(),
h('div', {class: 'panels'}, distribution(), attention()),
reasonsSection(),
heatMap(),
questionsSection());
