#!/usr/bin/env python3
"""Grades a submission to Classroom 50: the folder kit/ beside this file does the work.

The runner starts this once, in the student's check-out. It writes ./result.json (classroom50/result/v1) and
./release-body.md, and exits with 0 whatever the grade is. Any other exit code means that the kit failed: there is no
grade then, and no result.json.

The score is always that of all chapters of the assignment. A chapter in which nothing differs from what was handed out
has no points, and is not run: so a push costs the time of the chapters that a student has begun.
"""

import datetime
import json
import os
import pathlib
import secrets
import signal
import subprocess
import sys
import tempfile

KIT = pathlib.Path(__file__).resolve().parent / "kit"

# The runner's job ends after 15 minutes, and some of them have gone by. What is not graded by then is no zero: the run
# fails, and says why.
SECONDS = 12 * 60

# A release's body holds 125,000 characters.
MOST_OF_A_BODY = 100_000


class KitFailed(Exception):
    pass


def chapters():
    for file in sorted(KIT.glob("labs/ch[0-9][0-9]_*/chapter.json")):
        chapter = json.loads(file.read_text(encoding="utf-8"))
        chapter["id"] = file.parent.name
        chapter["number"] = chapter["id"][:4]
        yield chapter


def exercises(chapter):
    return [program for program in chapter["programs"] if program["kind"] == "exercise"]


def handed_in(chapter):
    """What of a chapter is taken from a submission."""
    for program in exercises(chapter):
        yield f"labs/{chapter['id']}/{program['name']}.cpp"
    yield f"answers/{chapter['number']}.md"


def is_begun(chapter, submission):
    for name in handed_in(chapter):
        file = submission / name
        if file.is_symlink() or (file.is_file() and file.read_bytes() != (KIT / name).read_bytes()):
            return True
    return False


def graded(chapter, submission, folder, seconds):
    """The kit's report on one chapter: the rows of result.json, and Markdown."""
    report, text = folder / "result.json", folder / "grade.md"
    for file in (report, text):
        file.unlink(missing_ok=True)
    words = ["bash", str(KIT / "kit"), "grade", chapter["number"], "--submission", str(submission)]
    words += ["--classroom50", str(report), "--markdown", str(text)]
    grading = subprocess.Popen(words, cwd=KIT, start_new_session=True)
    try:
        code = grading.wait(timeout=max(seconds, 1))
    except subprocess.TimeoutExpired:
        os.killpg(grading.pid, signal.SIGTERM)
        grading.wait()
        raise KitFailed(
            f"{chapter['number']} was not graded within the {SECONDS // 60} minutes that there are: "
            "make an assignment of fewer chapters (./kit release --chapters)"
        ) from None
    if code not in (0, 1):
        raise KitFailed(f"the kit could not grade {chapter['number']}: ./kit grade ended with {code}, and said why above")
    return json.loads(report.read_text(encoding="utf-8"))["tests"], text.read_text(encoding="utf-8")


def not_begun(name, max_points):
    return {"test-name": name, "passed": False, "score": 0, "max-score": max_points, "output": "not begun"}


def rows_of_what_was_not_begun(chapter):
    for program in exercises(chapter):
        for criterion in program["criteria"]:
            yield not_begun(f"{program['name']}: {criterion['name']}", criterion["points"])
    for question in chapter.get("questions", []):
        yield not_begun(f"answers/{chapter['number']}.md: question {question['number']}", question["points"])


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def identity():
    """Whose submission it is, as the runner says."""

    def given(name):
        if not os.environ.get(name):
            raise KitFailed(f"the variable {name} is not set: Classroom 50's runner sets it")
        return os.environ[name]

    return {
        "schema": "classroom50/result/v1",
        "classroom": given("CLASSROOM"),
        "assignment": given("ASSIGNMENT"),
        "assignment_type": os.environ.get("ASSIGNMENT_TYPE") or "individual",
        "owner": os.environ.get("OWNER") or given("USERNAME"),
        "submission": given("SUBMISSION_TAG"),
        "commit": given("COMMIT_URL"),
        "release": given("RELEASE_URL"),
        "review": os.environ.get("REVIEW_URL") or given("COMMIT_URL"),
    }


def scores(rows):
    return {
        "datetime": now(),  # the runner puts the commit's own date here
        "graded_at": now(),
        "score": sum(each["score"] for each in rows),
        "max-score": sum(each["max-score"] for each in rows),
        "tests": rows,
    }


def allow_namespaces():
    """GitHub's runners let bubblewrap contain programs only after this. Without it, limits alone do."""
    words = ["sudo", "-n", "sysctl", "-q", "-w", "kernel.apparmor_restrict_unprivileged_userns=0"]
    try:
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        pass


def grade_all(submission):
    began = datetime.datetime.now()
    rows, texts = [], []
    with tempfile.TemporaryDirectory() as folder:
        for chapter in chapters():
            if not is_begun(chapter, submission):
                rows += rows_of_what_was_not_begun(chapter)
                continue
            left = SECONDS - (datetime.datetime.now() - began).total_seconds()
            tests, text = graded(chapter, submission, pathlib.Path(folder), left)
            rows += tests
            texts.append(text)
    if not rows:
        raise KitFailed("there is no chapter in kit/labs: make the bundle again, with ./kit release")
    return rows, texts


def body_of(result, texts):
    body = f"# {result['score']} of {result['max-score']} points\n\n"
    for text in texts:
        if len(body) + len(text) > MOST_OF_A_BODY:
            return body + "The report is too long for this page: see the log of the run for the rest.\n"
        body += text + "\n"
    return body if texts else body + "No program and no answer differs from what was handed out.\n"


def main():
    submission = pathlib.Path.cwd()
    token = secrets.token_hex(32)  # what a student's program prints is no command to GitHub's runner
    print(f"::stop-commands::{token}", flush=True)
    try:
        whose = identity()
        allow_namespaces()
        rows, texts = grade_all(submission)
        result = {**whose, **scores(rows)}
        for name, text in (("release-body.md", body_of(result, texts)), ("result.json", json.dumps(result, indent=2))):
            file = submission / name
            file.unlink(missing_ok=True)  # a student may have put a link there
            file.write_text(text + "\n", encoding="utf-8")
    except (KitFailed, OSError, ValueError, KeyError) as failure:
        print(f"THE KIT FAILED, not the submission: there is no grade. {failure}", file=sys.stderr)
        return 3
    finally:
        print(f"::{token}::", flush=True)
    print(f"{result['score']} of {result['max-score']} points")
    return 0


if __name__ == "__main__":
    sys.exit(main())
