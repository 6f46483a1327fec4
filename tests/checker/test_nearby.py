"""Subjects nearby are found by their names, and texts in other languages by their small words."""

import pytest

from checker.text.nearby import Neighbours, language_of
from tests.support import known

NAMED = {
    "Azure ML endpoint, how do I set the autoscale minimum to zero?": {"azure"},
    "AccessDenied ... iam:PassRole when I call CreateTrainingJob": {"access-errors"},
    "Triton on EKS: two pods stay pending": {"kubernetes"},
    "Databricks or Vertex AI?": {"databricks", "vertex-ai"},
    "Claude on Amazon Bedrock": {"bedrock"},
    "A few calls per day, 4 MB each": set(),
    "The azurite podcast": set(),
}
FOREIGN = {
    "Welche Option für 4 MB pro Anfrage, wenn der Nutzer wartet?": "German",
    "Unser Modell braucht eine GPU, 20 Anfragen am Tag": "German",
    "Quel service pour des requêtes de 3 Mo, nous avons dix appels par jour ?": "French",
    "¿Qué opción para 4 MB y diez llamadas por día?": "Spanish",
    "Welk endpoint voor een model van 3 GB?": "Dutch",
    "Какой endpoint выбрать": "Russian or another language in Cyrillic",
    "どのエンドポイント": "Japanese",
}


@pytest.mark.parametrize(("text", "names"), NAMED.items())
def test_a_subject_nearby_is_found_by_its_name_and_quoted(text: str, names: set[str]) -> None:
    found = Neighbours(known().nearby).named_in(text)
    assert found.keys() == names
    assert all(quote in text for quote in found.values())


@pytest.mark.parametrize(("text", "language"), FOREIGN.items())
def test_another_language_is_reported(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "4 MB, 10/h", "GPU", "Modell X, no GPU, 200 ms"])
def test_too_little_to_tell_is_no_language(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize("name", known().nearby)
def test_a_subject_nearby_is_a_sentence_with_a_link(name: str) -> None:
    subject = known().nearby[name]
    assert subject.says.endswith(".")
    assert subject.url.startswith("https://")
    assert subject.phrases
