"""The colors of the figure: light, dark, and print for a page without color."""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """Colors by what they are for; the last ones paint the scenes."""

    background: str
    ink: str
    muted: str
    hairline: str
    promoting: str
    suppressing: str
    other: str
    card: str
    tumor: str
    tumor_edge: str
    nucleus: str
    stroma: str
    lumen: str
    wall: str
    wall_nucleus: str
    blood: str
    blood_center: str
    platelet: str
    liver: str
    liver_edge: str
    liver_nucleus: str


# Blue and orange stay apart for every common kind of color blindness, and by lightness in grey.
THEMES = {
    "light": Theme(
        background="#ffffff", ink="#18212f", muted="#55606f", hairline="#d5dbe3",
        promoting="#0b5aa2", suppressing="#c8500a", other="#6c7684", card="#f6f8fa",
        tumor="#b04a9c", tumor_edge="#7d2a6d", nucleus="#64205a",
        stroma="#fbf2ec", lumen="#fbdfdb", wall="#dd8d86", wall_nucleus="#b35f5b",
        blood="#df6d64", blood_center="#ec9d94", platelet="#c9a7b8",
        liver="#f4e4ca", liver_edge="#e0c79e", liver_nucleus="#c79f68",
    ),
    "dark": Theme(
        background="#0d1117", ink="#e9eef5", muted="#a5b0bf", hairline="#2d3744",
        promoting="#58a6f5", suppressing="#ffb073", other="#98a4b3", card="#151b24",
        tumor="#cf6dbb", tumor_edge="#f0b6e4", nucleus="#6d2461",
        stroma="#211b20", lumen="#472026", wall="#a65b58", wall_nucleus="#d08984",
        blood="#b9463f", blood_center="#d8746b", platelet="#94788a",
        liver="#372c1e", liver_edge="#574528", liver_nucleus="#8c6d40",
    ),
    "print": Theme(
        background="#ffffff", ink="#000000", muted="#3f3f3f", hairline="#b5b5b5",
        promoting="#000000", suppressing="#5c5c5c", other="#8a8a8a", card="#ffffff",
        tumor="#6e6e6e", tumor_edge="#000000", nucleus="#1c1c1c",
        stroma="#ffffff", lumen="#ececec", wall="#a2a2a2", wall_nucleus="#5c5c5c",
        blood="#c9c9c9", blood_center="#dedede", platelet="#b4b4b4",
        liver="#f8f8f8", liver_edge="#cfcfcf", liver_nucleus="#b9b9b9",
    ),
}  # fmt: skip
