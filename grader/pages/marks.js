// Points and remarks that a person gives, kept in a file. One file is for all questions of a class: a page changes the
// marks of its own question, and keeps all others as they are.
//
//   {"kind": "kit marks", "version": 1, "marks": {"ch01-1": {"017-alice": {"points": 2, "remarks": "..."}}}}

const kind = 'kit marks';

const noMarks = () => ({kind, version: 1, marks: {}});

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// From outside: only what has the right shape, and no name that an object has by itself.
function cleanMarks(raw) {
  const clean = Object.create(null);
  for (const [question, students] of Object.entries(isObject(raw) ? raw : {})) {
    if (!isObject(students)) continue;
    clean[question] = Object.create(null);
    for (const [student, mark] of Object.entries(students)) {
      if (!isObject(mark)) continue;
      clean[question][student] = {
        points: typeof mark.points === 'number' && Number.isFinite(mark.points) ? mark.points : null,
        remarks: typeof mark.remarks === 'string' ? mark.remarks : '',
      };
    }
  }
  return clean;
}

// Throws an Error that says what was seen and what is accepted.
function parseMarks(text, name) {
  let document;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is not JSON (${error.message}): choose a file that this page saved, such as marks.json.`);
  }
  if (!isObject(document) || document.kind !== kind || document.version !== 1 || !isObject(document.marks))
    throw new Error(`${name} is JSON, but has no marks of version 1: choose a file that this page saved, such as marks.json.`);
  return {...noMarks(), marks: cleanMarks(document.marks)};
}

// A net under the file. A browser may refuse it to local files, and nothing rests on it.
const net = {
  key: `kit marks ${data.graded}`,
  read() {
    try {
      return parseMarks(localStorage.getItem(this.key) ?? JSON.stringify(noMarks()), 'the copy in this browser');
    } catch {
      return noMarks();
    }
  },
  write(marks) {
    try {
      localStorage.setItem(this.key, JSON.stringify(marks));
      return true;
    } catch {
      return false;
    }
  },
};

// For spreadsheets: one that begins like a formula is made text.
function csvCell(value) {
  const text = `${value ?? ''}`;
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const csvOf = (rows) => rows.map((row) => row.map(csvCell).join(',') + '\r\n').join('');
