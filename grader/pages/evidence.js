// What was seen of one criterion, and the code that it is about.

const around = 3;  // lines of code before and after one that is named

// Stretches of lines [first, last] around the named ones; those that touch are one.
function stretches(named, count) {
  const result = [];
  for (const line of named.filter((one) => one <= count)) {
    const first = Math.max(1, line - around), last = Math.min(count, line + around);
    const before = result[result.length - 1];
    if (before && first <= before[1] + 1) before[1] = last;
    else result.push([first, last]);
  }
  return result;
}

function codeLine(text, number, named) {
  return h(named ? 'mark' : 'span', {class: 'line', 'data-number': number}, text === '' ? ' ' : text, '\n');
}

// The lines that the evidence names, with a few around each.
function excerpts(program, named) {
  if (program.source === null || !named || named.length === 0) return null;
  const lines = program.source.split('\n');
  return stretches(named, lines.length).map(([first, last]) => {
    const caption = `${program.program}.cpp, lines ${first} to ${last}`;
    return h('figure', {class: 'code'}, h('figcaption', {}, caption),
      scrolled(caption, h('pre', {}, h('code', {},
        lines.slice(first - 1, last).map((text, i) => codeLine(text, first + i, named.includes(first + i)))))));
  });
}

// The whole source. It is put in place when it is first opened: some are long.
function wholeSource(program) {
  if (program.source === null) return null;
  const lines = program.source.replace(/\n$/, '').split('\n');
  const named = new Set([program.lines, ...program.criteria.map((criterion) => criterion.lines ?? [])].flat());
  const place = h('div', {});
  const fill = () => {
    if (place.firstChild) return;
    const numbers = lines.map((_, i) => (named.has(i + 1) ? '▸ ' : '') + (i + 1)).join('\n');
    place.append(scrolled(`The source of ${program.program}`,
      h('div', {class: 'source'}, h('pre', {'aria-hidden': 'true'}, numbers),
        h('pre', {}, h('code', {}, lines.join('\n'))))));
  };
  return h('details', {class: 'whole', toggle: fill},
    h('summary', {}, `${program.program}.cpp, all ${counted(lines.length, 'line')}`), place);
}

function rows(criterion) {
  const row = (key, word) =>
    criterion[key] && h('div', {class: key}, h('dt', {}, word), h('dd', {}, criterion[key]));
  return h('dl', {class: 'evidence'}, row('saw', 'saw'), row('expected', 'expected'), row('why', 'why'),
    criterion.read && h('div', {class: 'read'}, h('dt', {}, 'read'), h('dd', {}, h('code', {}, criterion.read))));
}

// The order of its threads' steps that breaks the program.
function order(criterion, program) {
  if (!criterion.picture && !criterion.schedule) return null;
  return h('figure', {class: 'order'},
    h('figcaption', {}, 'The order that breaks it',
      criterion.schedule && [': ', h('code', {}, criterion.schedule)]),
    criterion.picture && scrolled('The picture of the order', h('img', {
      src: criterion.picture,
      alt: 'A lane for each thread and a row for each step of the order that breaks the program' +
        (criterion.order ? '. The same in characters follows.' : '.'),
    })),
    criterion.order && h('details', {}, h('summary', {}, 'The same in characters'),
      scrolled('The order in characters', h('pre', {}, criterion.order))),
    criterion.schedule && h('p', {class: 'hint'}, 'To play it again: ',
      h('code', {}, `./kit replay ${program.program}`)));
}

const pointsOf = (criterion) =>
  h('span', {class: 'points'}, criterion.points === null ? 'no grade' : `${criterion.points}/${criterion.max_points}`);

function criterionItem(criterion, program) {
  const title = [badge(criterion.verdict), h('span', {class: 'name'}, criterion.name), pointsOf(criterion)];
  if (criterion.verdict === 'holds' && criterion.saw)
    return h('li', {class: 'holds'}, h('details', {}, h('summary', {class: 'row'}, title), rows(criterion)));
  const until = criterion.waits_for ? `until “${criterion.waits_for}” holds` :
    program.built ? 'until the ones before hold' : 'until the program can be built';
  return h('li', {class: criterion.verdict}, h('div', {class: 'row'}, title),
    criterion.verdict === 'waits' && h('p', {class: 'hint'}, `waits ${until}`),
    criterion.verdict === 'kit_failed' && h('p', {class: 'failure'}, `The kit failed: ${criterion.failure ?? ''}`),
    criterion.verdict === 'fails' &&
      [rows(criterion), excerpts(program, criterion.lines), order(criterion, program)]);
}
