"""The 整改情况 form as one unit is asked it: which questions, five a page, one page a measure; nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wushang.rectify.policy import rules_of
from wushang.rectify.questions import LONGEST, MEASURE, MEASURES, QUESTIONS, Question
from wushang.warn.units import version_of

PER_PAGE = 5
MOST_MEASURES = 6


@dataclass(frozen=True)
class Form:
    questions: tuple[Question, ...]

    @property
    def first_pages(self) -> int:
        """Pages of questions; after them each page is one measure."""
        return -(-len(self.questions) // PER_PAGE)

    def pages(self, answers: Mapping[str, Any]) -> int:
        """The question pages and one page for every measure; the first one is always there."""
        return self.first_pages + max(len(answers.get("measures", ())), 1)

    def most(self, answers: Mapping[str, Any]) -> int:
        """The last page that may be opened: one more measure than there are."""
        return min(self.pages(answers) + 1, self.first_pages + MOST_MEASURES)

    def page(self, number: int) -> tuple[Question, ...]:
        """Questions of page 1, 2, …"""
        return MEASURE if number > self.first_pages else self.questions[(number - 1) * PER_PAGE : number * PER_PAGE]

    def page_of(self, code: str) -> int:
        """On which page a field stands; the measures after the questions."""
        codes = [question.code for question in self.questions]
        return codes.index(code) // PER_PAGE + 1 if code in codes else self.first_pages + 1

    def held(self, number: int, answers: Mapping[str, Any]) -> dict[str, str]:
        """What the page holds already, by question."""
        if number <= self.first_pages:
            return {q.code: answers.get(q.code, "") for q in self.page(number)}
        rows, place = answers.get("measures", []), number - self.first_pages - 1
        return dict(rows[place]) if place < len(rows) else {}

    def read(self, posted: Mapping[str, str], number: int, answers: Mapping[str, Any]) -> dict[str, Any]:
        """A posted page → answers by field; what was not on the page is left alone, texts are cut at their longest."""
        given = {q.code: posted[q.code].strip()[:LONGEST] for q in self.page(number) if q.code in posted and q.kind != "photo"}
        if number <= self.first_pages:
            return given
        rows, place = list(answers.get("measures", [])), number - self.first_pages - 1
        rows[place : place + 1] = [given] if any(given.values()) else []
        return {"measures": rows}

    def missing(self, answers: Mapping[str, Any]) -> list[Question]:
        """Required questions that hold nothing yet; a measure counts once it says what is done, by whom and by when."""
        return [q for q in (*self.questions, MEASURES) if q.required and not _answered(q, answers)]


def form_of(case: Any) -> Form:
    """The form of a case: by the words of its rule and by what kind of place the unit is; what was answered stays in it."""
    now, report = version_of(case.enterprise_id), case.report
    return form(_words(rules_of(case.warning)), now.industry if now else "", report.answers if report else {})


def form(words: str, industry: str, answers: Mapping[str, Any]) -> Form:
    """`words`: what the rule says of the report; `industry`: GB/T 4754 with its section, C3382."""
    section = industry[:1]
    asked = [q for q in QUESTIONS if answers.get(q.code) or q.said in words and _there(q, section)]
    return Form(tuple(_fitting(question, section) for question in asked))


def _there(question: Question, section: str) -> bool:
    """Whether the question makes sense in that kind of place."""
    return not question.sections or bool(section) and section in question.sections


def _fitting(question: Question, section: str) -> Question:
    """With the example that fits the place."""
    return replace(question, hint=next((hint for of, hint in question.hints if section and section in of), question.hint))


def _words(rules: Any) -> str:
    clock = rules.clocks.get("report") if rules else None
    return clock.grounds.clause if clock else ""


def _answered(question: Question, answers: Mapping[str, Any]) -> bool:
    given = answers.get(question.code)
    if question.code == MEASURES.code:
        return any(all(row.get(q.code) for q in MEASURE if q.required) for row in given or [])
    return bool(given)
