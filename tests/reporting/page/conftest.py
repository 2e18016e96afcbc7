"""A real browser for the page's tests: Debian's chromium with its driver, or Chrome with one; skipped where none is installed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium comes with the extra test")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


class Browser:
    """The driver with what the tests ask of it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def show(self, page: Path, *, width: int = 1280, dark: bool = False, motion: bool = True) -> None:
        """Open a page from disk on a screen of this width, after whatever the last one logged is forgotten."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        self.driver.get("about:blank")
        self.logged(), self.requested()
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        )
        self.media("", dark=dark, motion=motion)
        self.driver.get(page.as_uri())
        self.wait(
            "document.readyState === 'complete' && [...document.querySelectorAll('.chart')].every(place => place.querySelector('svg'))"
        )

    def media(self, media: str, *, dark: bool = False, motion: bool = True) -> None:
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "no-preference" if motion else "reduce"},
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})

    def run(self, script: str, *values: object) -> Any:
        """The value of a script's `return`."""
        return self.driver.execute_script(script, *values)

    def wait(self, condition: str) -> None:
        """Until a condition in the page holds: a lot longer than any page takes."""
        self.until(lambda: bool(self.run(f"return Boolean({condition})")), condition)

    def until(self, holds: Callable[[], bool], told: str) -> None:
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 60, poll_frequency=0.05).until(lambda _: holds(), message=told)

    def logged(self) -> list[str]:
        """What the console was told since the last time."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requested(self) -> list[str]:
        """What was asked for since the last time, addresses only."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"]

    def violations(self, within: str) -> list[str]:
        """What axe-core finds wrong within an element, the serious and the critical."""
        self.run(AXE.read_text("utf-8"))
        found = self.driver.execute_async_script("axe.run(arguments[0], {resultTypes: ['violations']}).then(arguments[1])", within)
        return [
            f"{each['impact']}: {each['id']}: {node['html'][:200]}"
            for each in found["violations"]
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("no Chromium with a chromedriver is installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # The driver is named: Selenium has nothing to look for, and asks no network for one.
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    started.set_script_timeout(300)  # axe takes its time on a busy machine
    yield Browser(started)
    started.quit()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Write a page to disk, where a browser opens it."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name: str, html: str) -> Path:
        path = folder / f"{name}.html"
        path.write_text(html, "utf-8", errors="backslashreplace", newline="\n")
        return path

    return write
