// The page of one question: all answers, with room for points and remarks.

let marks = net.read();
let unsaved = false;

const mine = () => (marks.marks[data.key] ??= Object.create(null));
const markOf = (id) => mine()[id] ?? {points: null, remarks: ''};

const status = h('p', {role: 'status', class: 'status'});
const progress = h('p', {class: 'status'});
const fields = new Map();  // by student: what to fill in when a file is loaded

const say = (text, kind = '') => {
  status.textContent = text;
  status.className = `status ${kind}`;
};

function showProgress() {
  const marked = data.answers.filter(({id}) => markOf(id).points !== null).length;
  progress.textContent = `${marked} of ${counted(data.answers.length, 'student')} have points.`;
}

function change(id, points, remarks) {
  if (points === null && remarks === '') delete mine()[id];
  else mine()[id] = {points, remarks};
  unsaved = true;
  const kept = net.write(marks);
  say(kept ? 'Not in a file yet: save the marks before you leave. This browser keeps a copy meanwhile.' :
    'Not in a file yet: save the marks before you leave. This browser keeps no copy.');
  showProgress();
}

function marking(answer) {
  const title = `points for ${answer.name || answer.id}`;
  const points = h('input', {type: 'number', min: '0', max: data.points, step: 'any', inputmode: 'decimal',
    'aria-label': title, input: () => changed()});
  const remarks = h('textarea', {rows: '2', 'aria-label': `remarks for ${answer.name || answer.id}`,
    input: () => changed()});
  const problem = h('p', {class: 'problem', role: 'alert'});
  const changed = () => {
    problem.textContent = points.validity.valid ? '' : `${points.validity.badInput ? 'That is no number' :
      `${points.value} is not from 0 to ${data.points}`}: give 0 to ${data.points} points.`;
    change(answer.id, points.validity.valid && points.value !== '' ? points.valueAsNumber : null, remarks.value);
  };
  fields.set(answer.id, () => {
    const mark = markOf(answer.id);
    points.value = mark.points ?? '';
    remarks.value = mark.remarks;
    problem.textContent = '';
  });
  return h('div', {class: 'marking'}, h('label', {}, h('span', {'aria-hidden': 'true'}, 'Points'), points,
    h('span', {class: 'hint', 'aria-hidden': 'true'}, ` of ${data.points}`)),
  h('label', {class: 'remarks'}, h('span', {'aria-hidden': 'true'}, 'Remarks'), remarks), problem);
}

function card(answer) {
  return h('article', {class: 'card', 'data-open': answer.text === ''},
    h('h2', {}, h('a', {href: answer.href, class: 'who'}, answer.name || answer.id),
      answer.late && [' ', h('span', {class: 'late'}, 'late')]),
    answer.text ? h('p', {class: 'written'}, answer.text) : h('p', {}, badge('fails', 'open'), ' Nothing is written there.'),
    marking(answer));
}

function save() {
  download('marks.json', 'application/json', JSON.stringify(marks, null, 2) + '\n');
  unsaved = false;
  say('Saved as marks.json, with the marks of all questions that this file had. Your browser says where it is.');
}

function saveCsv() {
  const rows = data.answers.map(({id, name}) => [id, name, markOf(id).points, markOf(id).remarks]);
  download(`marks-${data.key}.csv`, 'text/csv', csvOf([['id', 'name', 'points', 'remarks'], ...rows]));
  say(`Saved as marks-${data.key}.csv, for a spreadsheet. This page reads marks.json back, and no CSV.`);
}

function fill() {
  for (const fillFields of fields.values()) fillFields();
  showProgress();
}

async function load(input) {
  const [file] = input.files;
  if (!file) return;
  try {
    if (unsaved && !confirm('The marks on this page are in no file yet. Replace them by those of the file?')) return;
    marks = parseMarks(await file.text(), file.name);
    net.write(marks);
    unsaved = false;
    fill();
    const strangers = Object.keys(mine()).filter((id) => !fields.has(id));
    say(`Loaded ${file.name}.` + (strangers.length === 0 ? '' :
      ` It has marks for ${counted(strangers.length, 'student')} who ${strangers.length === 1 ? 'is' : 'are'} not on ` +
      `this page (${strangers.join(', ')}): they are kept.`));
  } catch (error) {
    say(error.message, 'problem');
  } finally {
    input.value = '';  // the same file can be chosen again
  }
}

function controls() {
  const file = h('input', {type: 'file', accept: '.json,application/json', change: () => load(file)});
  const toggle = (label, name) => {
    const box = h('input', {type: 'checkbox', change: () => document.body.classList.toggle(name, box.checked)});
    return h('label', {class: 'tick'}, box, ` ${label}`);
  };
  return h('section', {class: 'bar-of-marks', 'aria-label': 'Marks'},
    h('div', {class: 'controls'}, h('label', {}, 'Load marks', file),
      h('button', {type: 'button', class: 'main', click: save}, 'Save marks.json'),
      h('button', {type: 'button', click: saveCsv}, 'Save as CSV'),
      toggle('hide names', 'without-names'), toggle('hide open ones', 'without-open')), progress, status);
}

addEventListener('beforeunload', (event) => {
  if (unsaved) event.preventDefault();
});

const answered = data.answers.filter((answer) => answer.text !== '').length;
show([h('nav', {'aria-label': 'The class'}, h('a', {href: data.class.href}, 'The class')),
  h('h1', {}, `Question ${data.question}`),
  h('p', {class: 'about'}, data.chapter, ` · ${counted(data.points, 'point')} · `,
    `${answered} of ${data.answers.length} answered`)],
h('section', {'aria-label': 'The question'}, prose(data.asked || 'The text of this question is not there.')),
controls(), h('div', {class: 'cards'}, data.answers.map(card)));
fill();
