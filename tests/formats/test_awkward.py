"""The awkward references are what the tests that use them take them for."""

from __future__ import annotations

from collections.abc import Iterator

from support.awkward import awkward, items


def scalars(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for part in value.values():
            yield from scalars(part)
    elif isinstance(value, list):
        for part in value:
            yield from scalars(part)
    else:
        yield value


def test_every_scalar_is_a_string_to_a_yaml_1_1_reader_too() -> None:
    assert [value for value in scalars(items()) if not isinstance(value, str)] == []


def test_keys_are_unique() -> None:
    keys = [reference.id for reference in awkward()]
    assert len(keys) == len(set(keys)) == 35
