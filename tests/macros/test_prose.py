"""A sentence that says what an option cannot do uses the words from the matrix."""

import re
from collections.abc import Iterator

import pytest

from macros.files import DOCS
from macros.pages.source import read_pages
from tests.support import known


def name(label: str) -> str:
    """An option's label as sentences write it: "serverless endpoints", "transform jobs"."""
    words = re.escape(label.split(" with a ")[0])
    words = words.replace("Inference", "(Inference|endpoint)").replace(r"Batch\ ", "(Batch )?")
    return rf"{words}(s|\ (endpoint|job|deployment|shift)s?)?"


NAMES = {
    option: name(known().options[option].label)
    for capability in known().capabilities.values()
    for option in capability.cells
}
DENIALS = r"has no|have no|does not support|do not support|cannot use|cannot have|is not documented"
WORDS = {
    key: "|".join(map(re.escape, capability.words))
    for key, capability in known().capabilities.items()
    if capability.words
}


def typed(text: str) -> Iterator[tuple[str, str, str]]:
    """Sentences that deny an option a capability in typed words: option, capability, sentence."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        if not re.search(DENIALS, sentence, re.IGNORECASE):
            continue
        for option, name in NAMES.items():
            for key, words in WORDS.items():
                cell = known().capabilities[key].cells.get(option)
                pattern = rf"\b({name})\W*\s+({DENIALS})\s+(\w+ ){{0,2}}({words})"
                if cell and re.search(pattern, sentence, re.IGNORECASE):
                    yield option, key, sentence


def test_no_page_types_what_a_cell_says() -> None:
    found = [(path, *one) for path, page in read_pages(DOCS).items() for one in typed(page.body)]
    assert [f'{p}: {s}  ->  {{{{ capability("{o}", "{k}") }}}}' for p, o, k, s in found] == []


CASES = {
    "Serverless Inference has no GPU.": ("serverless-inference", "gpu"),
    "**Serverless endpoints** have no data capture.": ("serverless-inference", "data-capture"),
    "Multi-model endpoints do not support Model Monitor.": (
        "multi-model-endpoint",
        "model-monitor",
    ),
    "Transform jobs have no VPC.": ("batch-transform", "vpc"),
    "A rolling deployment does not support several production variants.": ("rolling", "variants"),
    "Batch transform has no streaming.": ("batch-transform", "streaming"),
    "Your own drift checks do not support GPUs.": None,
}


@pytest.mark.parametrize(("sentence", "place"), CASES.items(), ids=CASES)
def test_a_typed_denial_is_found(sentence: str, place: tuple[str, str] | None) -> None:
    found = [(option, key) for option, key, _ in typed(f"First. {sentence} Last.")]
    assert place in found if place else not found


def test_a_sentence_that_asks_the_matrix_is_fine() -> None:
    asked = 'Serverless Inference {{ capability("serverless-inference", "gpu") }}.'
    assert list(typed(asked)) == []
