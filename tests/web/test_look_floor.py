"""Offices run old browsers: no css or js of ours may need more than Chromium 80, and no page may need inline code."""

import re
from pathlib import Path

import pytest

import wushang

SOURCE = Path(wushang.__file__).parent
STYLES = sorted(p for p in SOURCE.glob("*/static/**/*.css") if "vendor" not in p.parts)
SCRIPTS = sorted(p for p in SOURCE.glob("*/static/**/*.js") if "vendor" not in p.parts)
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))

# feature → pattern; after each the Chromium that brought it. What an old browser only passes over without harm
# (accent-color, a rule of its own with :focus-visible) is left out.
TOO_NEW_CSS = {
    ":has()": r":has\(",  # 105
    ":is() or :where()": r":(is|where)\(",  # 88
    "container queries": r"@container|container-(type|name)\s*:",  # 105
    "@layer": r"@layer\b",  # 99
    "@scope": r"@scope\b",  # 118
    "color-mix() or newer colour spaces": r"\b(color-mix|oklch|oklab|lch|lab|hwb)\(",  # 101 to 111
    "inset": r"(?<![\w-])inset\s*:|inset-(block|inline)",  # 87
    "aspect-ratio": r"(?<![\w(-])aspect-ratio\s*:",  # 88
    "logical shorthands": r"(margin|padding)-(block|inline)\s*:",  # 87
    "nesting": r"[{;]\s*&",  # 112
    "range media queries": r"@media[^{]*[<>]=?",  # 104
    "dynamic viewport units": r"\d(dvh|svh|lvh|dvw|svw|lvw)\b",  # 108
    "content-visibility": r"content-visibility",  # 85
    "individual transforms": r"(?<![\w-])(rotate|scale|translate)\s*:",  # 104
    "text-wrap": r"text-wrap\s*:",  # 114
    "subgrid": r"\bsubgrid\b",  # 117
    "a list inside :not()": r":not\([^)]*,",  # 88
    "named pages": r"(?<![\w-])page\s*:|@page\s+[a-z]",  # 85
    "@property": r"@property\b",  # 85
    "revert": r":\s*revert\b",  # 84
    "overflow: clip": r"overflow(-[xy])?\s*:\s*clip\b",  # 90
}
TOO_NEW_JS = {
    ".at()": r"\.at\(",  # 92
    "replaceAll": r"\.replaceAll\(",  # 85
    "structuredClone": r"\bstructuredClone\(",  # 98
    "logical assignment": r"(\?\?|\|\||&&)=",  # 85
    "numeric separators of 75 aside: class static blocks": r"\bstatic\s*\{",  # 94
    "private methods": r"^\s+#\w+\s*\(",  # 84
    "Promise.any": r"Promise\.any\(",  # 85
    "Object.hasOwn": r"Object\.hasOwn\(",  # 93
    "findLast": r"\.findLast(Index)?\(",  # 97
    "toSorted and its kin": r"\.(toSorted|toReversed|toSpliced|with)\(",  # 110
    "Object.groupBy": r"(Object|Map)\.groupBy\(",  # 117
    "randomUUID": r"crypto\.randomUUID",  # 92
    "top-level await": r"^await\b",  # 89
    "replaceChildren": r"\.replaceChildren\(",  # 86
    "showModal": r"\.showModal\(",  # a dialog needs 37, but its backdrop and focus rules are ours to avoid
    "popover": r"\.showPopover\(",  # 114
    "AbortSignal.timeout": r"AbortSignal\.timeout",  # 103
}
UNSAFE_HTML = {
    "inline style": r"<[^>]*\sstyle\s*=",
    "inline handler": r"<[^>]*\son(click|change|submit|load|input|key\w+|mouse\w+)\s*=",
    "inline script": r"<script(?![^>]*\b(src|type=\"application/json\"))[^>]*>",
    "style element": r"<style\b",
    "foreign address": r"(src|href)\s*=\s*[\"']https?://",
}


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def found(text: str, patterns: dict[str, str]) -> list[str]:
    return [name for name, pattern in patterns.items() if re.search(pattern, text, re.M)]


def flex_gaps(text: str) -> list[str]:
    """Rules that lay out by flex and ask for gap: in Chromium 80 a gap works in a grid only (flex: 84)."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", text)
    bad = []
    for selector, body in rules:
        if re.search(r"(?<![\w-])(row-|column-)?gap\s*:", body) and not re.search(r"grid", body):
            bad.append(selector.strip())
    return bad


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.name)
def test_no_style_needs_a_browser_newer_than_chromium_80(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    assert found(text, TOO_NEW_CSS) == [] and flex_gaps(text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_no_script_needs_a_browser_newer_than_chromium_80(path):
    assert found(without_comments(path.read_text(encoding="utf-8")), TOO_NEW_JS) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_page_has_inline_code_or_a_foreign_address(path):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert found(text, UNSAFE_HTML) == []


PLANTED_CSS = [
    ".a:has(.b) { color: red }", ":is(h1, h2) { margin: 0 }", "@container (min-width: 1px) { }", "@layer base { }",
    ".a { color: oklch(1 0 0) }", ".a { inset: 0 }", ".a { aspect-ratio: 1 }", ".a { padding-inline: 1px }",
    ".a { & .b { color: red } }", "@media (width >= 100px) { }", ".a { height: 100dvh }", ".a { rotate: 3deg }",
    ".a:not(.b, .c) { margin: 0 }", "body { page: wide }", ".a { all: revert }",
]  # fmt: skip
PLANTED_JS = [
    "rows.at(-1)", "text.replaceAll('a', 'b')", "structuredClone(x)", "a ??= b", "class A { static { go(); } }",
    "await go()", "Object.hasOwn(a, 'b')", "rows.toSorted()", "rows.findLast(f)",
]  # fmt: skip
PLANTED_HTML = [
    '<p style="color:red">', '<a onclick="go()">', "<script>go()</script>", "<style>", '<img src="https://example.org/a.png">',
]  # fmt: skip


@pytest.mark.parametrize("sample", PLANTED_CSS)
def test_the_scan_finds_a_planted_new_style(sample):
    assert found(sample, TOO_NEW_CSS)


def test_the_scan_finds_a_gap_in_a_flex_row_and_lets_a_grid_pass():
    assert flex_gaps(".a { display: flex; gap: 4px }") == [".a"]
    assert flex_gaps(".a { display: grid; gap: 4px }") == []


@pytest.mark.parametrize("sample", PLANTED_JS)
def test_the_scan_finds_a_planted_new_script(sample):
    assert found(sample, TOO_NEW_JS)


@pytest.mark.parametrize("sample", PLANTED_HTML)
def test_the_scan_finds_planted_inline_code(sample):
    assert found(sample, UNSAFE_HTML)


def test_what_chromium_80_knows_passes():
    assert found(".a { display: grid; grid-gap: 4px; position: sticky }", TOO_NEW_CSS) == []
    assert found("a?.b ?? c; box.style.inset = 0", TOO_NEW_JS) == []
