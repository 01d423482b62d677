'use strict';
// What all pages share. A page is built from its data with h() alone: text becomes text nodes, and never markup.

const data = JSON.parse(document.getElementById('data').textContent);

// An element. Of the attributes, a function listens to the event of that name, true and false set or leave out, and
// null leaves out; of the children, null and false are left out, and lists are spread.
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  const there = children.flat(Infinity).filter((child) => child !== null && child !== false && child !== undefined);
  element.append(...there);
  return element;
}

// For screen readers: what a sign or a place says to the eye.
const spoken = (text) => h('span', {class: 'spoken'}, text);

const verdicts = {
  holds: {sign: '✓', word: 'holds'},
  fails: {sign: '✗', word: 'fails'},
  waits: {sign: '…', word: 'waits'},
  kit_failed: {sign: '!', word: 'kit failed'},
};

const badge = (verdict, word = verdicts[verdict].word) =>
  h('span', {class: `badge ${verdict}`}, h('span', {'aria-hidden': 'true'}, verdicts[verdict].sign), ' ', word);

const answerBadge = (answered) => (answered ? badge('holds', 'answered') : badge('fails', 'open'));

// "1 student", "14 students"
const counted = (number, one, many = one + 's') => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

// Where the kit failed there is no number.
const scoreText = (points, most) => (points === null ? 'no grade' : `${points} of ${most}`);

// "2026-11-28T10:15:00Z" for people. UTC, as everybody may read it elsewhere.
const timeOf = (text) => text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?Z$/, '$1, $2 UTC');

// Something wide that scrolls by itself, also by keyboard.
const scrolled = (label, ...children) =>
  h('div', {class: 'scrolled', tabindex: '0', role: 'group', 'aria-label': label}, ...children);

// What the kit could not judge: loud, and never a zero.
const kitFailure = (...children) =>
  h('section', {class: 'kit-failure', 'aria-labelledby': 'kit-failure'},
    h('h2', {id: 'kit-failure'}, h('span', {'aria-hidden': 'true'}, '! '), 'The kit failed'), ...children);

// Long names break after an underscore rather than anywhere.
const breakable = (name) => name.split('_').flatMap((part, i) => (i === 0 ? [part] : ['_', h('wbr'), part]));

// What the kit itself says in Markdown: paragraphs, words in backquotes, and lists and tables as they are written.
function prose(text) {
  const words = (line) => line.split('`').map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part));
  return h('div', {class: 'asked'}, text.split(/\n{2,}/).map((paragraph) =>
    /^(\s|[-*|]|\d+\.|```)/m.test(paragraph) ? h('pre', {}, paragraph) : h('p', {}, words(paragraph.replaceAll('\n', ' ')))));
}

function legend() {
  const meaning = {
    holds: 'seen to be right',
    fails: 'seen to be wrong',
    waits: 'not looked at: it builds on another criterion, or on a program that compiles',
    kit_failed: 'could not be judged: neither a pass nor a zero',
  };
  return h('ul', {class: 'legend', 'aria-label': 'The signs'},
    Object.keys(verdicts).map((verdict) => h('li', {}, badge(verdict), ' ', h('span', {}, meaning[verdict]))));
}

// The page: a link past its head, the head, and what it is about.
function show(head, ...parts) {
  document.body.append(h('a', {href: '#main', class: 'skip'}, 'Skip to the content'),
    h('header', {}, ...head), h('main', {id: 'main', tabindex: '-1'}, ...parts));
  // What the address names was not there when the browser looked for it.
  if (location.hash.length > 1) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

// A file for the reader to keep.
function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], {type}));
  const link = h('a', {href: url, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);  // the browser may read it a little later
}
