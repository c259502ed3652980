"""The page in a real Chromium, driven as a person would: by keys, clicks and what can be seen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from support.tools import needs

CHROMIUM = needs("chromium", "chromedriver", "python:selenium")
AXE = needs("chromium", "chromedriver", "python:selenium", "node:axe-core")
SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
)  # fmt: skip
PATIENCE = 10
"""Seconds until what is waited for counts as missing."""


class Browser:
    """A window of Chromium with one page of ours."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, page: Path, address: str = "") -> None:
        """Load the file anew, at an address of the page, and wait for its view."""
        self.driver.get("about:blank")
        self.driver.get(f"{page.as_uri()}#{address}")
        self.settled()

    def go(self, address: str) -> None:
        """Follow a link to an address of the page that is open."""
        self.run("location.hash = arguments[0]", address)
        self.settled()

    def settled(self) -> None:
        """Wait until the view is that of the address, if the script runs."""
        self.wait("return !document.querySelector('.script') || document.body.dataset.at === "
                  "location.hash")  # fmt: skip

    def wait(self, script: str, *arguments: object) -> Any:
        """The first value of a script that counts as true."""
        from selenium.webdriver.support.wait import WebDriverWait

        waiting = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.02)
        return waiting.until(lambda driver: driver.execute_script(script, *arguments))

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def texts(self, selector: str) -> list[str]:
        """What can be read in each element that is shown."""
        return list(self.run(
            "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
            ".map(e => e.innerText.replace(/\\s+/g, ' ').trim())", selector,
        ))  # fmt: skip

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def click(self, selector: str) -> None:
        self.find(selector).click()
        self.settled()

    def keys(self, *keys: str) -> None:
        """Type into whatever has the focus."""
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def paste(self) -> None:
        """Ctrl+V."""
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        keys = ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("v")
        keys.key_up(Keys.CONTROL).perform()

    def size(self, width: int, height: int = 900) -> None:
        """A window whose inside is so large, as on a screen of one pixel a point."""
        self.command("Emulation.setDeviceMetricsOverride",
                     width=width, height=height, deviceScaleFactor=1, mobile=False)  # fmt: skip

    def media(self, type_: str = "", **features: str) -> None:
        """What the page is shown on: "print", or prefers_color_scheme="dark"."""
        listed = [
            {"name": name.replace("_", "-"), "value": value} for name, value in features.items()
        ]
        self.command("Emulation.setEmulatedMedia", media=type_, features=listed)

    def command(self, name: str, **parameters: object) -> Any:
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def complaints(self) -> list[str]:
        """What the console says since it was last asked: errors, and breaches of the policy."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def axe(self) -> dict[str, list[str]]:
        """What axe-core finds against the page as it stands: by rule, the elements."""
        folder = Path(os.environ["BCLM_NODE_MODULES"], "axe-core")
        if not self.run("return Boolean(window.axe)"):
            self.run((folder / "axe.min.js").read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"
        )
        return {
            violation["id"]: [node["html"][:200] for node in violation["nodes"]]
            for violation in found["violations"]
        }


@contextmanager
def chromium(*, script: bool = True) -> Iterator[Browser]:
    """A new Chromium with an empty profile; `script=False` runs no JavaScript of pages."""
    from selenium import webdriver

    with TemporaryDirectory(prefix="bclm-chromium-", ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = which("chromium")
        for switch in (*SWITCHES, f"--user-data-dir={profile}"):
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        if not script:
            setting = {"profile.managed_default_content_settings.javascript": 2}
            options.add_experimental_option("prefs", setting)
        driver = webdriver.Chrome(
            options=options, service=webdriver.ChromeService(which("chromedriver"))
        )
        try:
            yield Browser(driver)
        finally:
            driver.quit()
