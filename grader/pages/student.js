// The page of one student, or of one grading.

const idOf = (program) => `program-${program.program}`;

const programs = data.programs ?? [], answers = data.answers ?? [];

function navigation() {
  if (!data.class) return null;
  const {href, before, after} = data.class;
  return h('nav', {'aria-label': 'The class'}, h('a', {href}, 'The class'),
    before && h('a', {href: before.href, rel: 'prev'}, '← ', spoken('before: '), before.name),
    after && h('a', {href: after.href, rel: 'next'}, spoken('after: '), after.name, ' →'));
}

function about() {
  const facts = [];
  if (data.late) facts.push(h('strong', {class: 'late'}, 'late'));
  if (data.handed_in) facts.push(`handed in ${timeOf(data.handed_in)}`);
  if (data.from) facts.push(['from ', h('code', {}, data.from)]);
  return facts.length === 0 ? null : h('p', {class: 'about'}, facts.flatMap((fact, i) => (i ? [' · ', fact] : [fact])));
}

function head() {
  return [navigation(), h('h1', {}, data.name || 'Report'), about(),
    programs.length + answers.length > 0 &&
      h('p', {class: 'total'}, h('strong', {}, scoreText(data.points, data.max_points)),
        data.points === null ? '' : ' points')];
}

const ungraded = () => h('section', {class: 'notice'},
  h('h2', {}, data.state === 'missing' ? 'Nothing was handed in' : 'What was handed in cannot be read'),
  data.problem && h('p', {}, data.problem));

function count(program, verdict) {
  const number = program.criteria.filter((criterion) => criterion.verdict === verdict).length;
  return h('td', {class: 'number'}, number === 0 ? h('span', {class: 'none'}, '0') :
    h('span', {class: `badge ${verdict}`}, h('span', {'aria-hidden': 'true'}, verdicts[verdict].sign), ` ${number}`));
}

function overview() {
  return scrolled('Points by program', h('table', {class: 'overview'}, h('caption', {class: 'spoken'}, 'Points by program'),
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'program'), h('th', {scope: 'col', class: 'number'}, 'points'),
      Object.values(verdicts).map(({word}) => h('th', {scope: 'col', class: 'number'}, word)))),
    h('tbody', {}, programs.map((program) => h('tr', {},
      h('th', {scope: 'row'}, h('a', {href: `#${idOf(program)}`}, breakable(program.program)),
        !program.built && [' ', badge('fails', 'not built')]),
      h('td', {class: 'number'}, scoreText(program.points, program.max_points)),
      Object.keys(verdicts).map((verdict) => count(program, verdict)))),
    answers.length > 0 && h('tr', {}, h('th', {scope: 'row'}, h('a', {href: '#answers'}, 'answers')),
      h('td', {class: 'number'}, scoreText(sum(answers, 'points'), sum(answers, 'max_points'))),
      h('td', {colspan: '4'}, `${answers.filter((answer) => answer.answered).length} of ${answers.length} answered`)))));
}

const sum = (list, key) => list.reduce((total, one) => total + one[key], 0);

function buildError(program) {
  if (program.built) return null;
  return [h('p', {}, badge('fails', 'not built'), ' ', counted(program.criteria.length, 'criterion waits', 'criteria wait'),
    ' until it can be built. The compiler said:'),
    scrolled('What the compiler said', h('pre', {class: 'said'}, program.build_error)),
    excerpts(program, program.lines)];
}

function programSection(program) {
  const id = idOf(program);
  return h('section', {'aria-labelledby': id, class: 'program'},
    h('div', {class: 'title'}, h('h2', {id, tabindex: '-1'}, breakable(program.program)),
      h('span', {class: program.points === null ? 'score kit_failed' : 'score'},
        scoreText(program.points, program.max_points))),
    h('p', {class: 'hint'}, h('code', {}, breakable(program.file))),
    buildError(program),
    h(program.built ? 'div' : 'details', {}, !program.built && h('summary', {}, 'The criteria that wait'),
      h('ol', {class: 'criteria'}, program.criteria.map((criterion) => criterionItem(criterion, program)))),
    wholeSource(program));
}

function answersSection() {
  if (answers.length === 0) return null;
  return h('section', {'aria-labelledby': 'answers'},
    h('div', {class: 'title'}, h('h2', {id: 'answers', tabindex: '-1'}, 'Answers'),
      h('span', {class: 'score'}, scoreText(sum(answers, 'points'), sum(answers, 'max_points')))),
    h('p', {class: 'hint'}, 'A point here says that there is an answer. A person decides whether it is a good one.'),
    answers.map((answer) => h('article', {class: 'answer'},
      h('h3', {}, answerBadge(answer.answered), ` ${answer.file}, question ${answer.question} `,
        h('span', {class: 'points'}, `${answer.points}/${answer.max_points}`)),
      answer.asked && prose(answer.asked),
      answer.text ? h('p', {class: 'written'}, answer.text) : h('p', {class: 'hint'}, 'Nothing is written there.'))));
}

show(head(),
  data.state && data.state !== 'graded' && ungraded(),
  (data.kit_failures ?? []).length > 0 && kitFailure(
    h('p', {}, 'This is not the submission’s fault, and there is no grade. Fix what is named here, then grade again.'),
    h('ul', {}, data.kit_failures.map((failure) => h('li', {}, failure)))),
  data.next && h('p', {class: 'next'}, h('strong', {}, 'Next'), ' ', data.next),
  (data.remarks ?? []).map((remark) => h('p', {class: 'remark'}, h('strong', {}, 'Note'), ' ', remark)),
  programs.length + answers.length > 0 && [overview(), legend()],
  programs.map(programSection), answersSection());
