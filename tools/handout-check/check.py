"""Opens a handout in a browser without a network, uses it and says what is wrong with it.

    tools/handout-check/run HANDOUT.html [--pictures FOLDER]

Chromium is driven through a pair of pipes, so no port is opened and nothing but Python is needed. With
--pictures it also leaves screenshots and the printed pages, to be looked at.
"""

import argparse
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

PATIENCE_SECS = 30
KEYS = {
    "ArrowRight": 39, "ArrowLeft": 37, "ArrowDown": 40, "ArrowUp": 38, "PageDown": 34, "PageUp": 33,
    "Home": 36, "End": 35, "Enter": 13, "Escape": 27, " ": 32,
}


class Browser:
    """A browser with one page, and every request that this page has made."""

    def __init__(self, folder):
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if not program:
            sys.exit("chromium is not installed: apt-get install -y chromium")
        to_browser, self.input = os.pipe()
        self.output, from_browser = os.pipe()
        far_read, far_write = os.dup2(to_browser, 20), os.dup2(from_browser, 21)

        def connect():
            """The browser reads from 3 and writes to 4."""
            os.dup2(far_read, 3)
            os.dup2(far_write, 4)

        self.process = subprocess.Popen(
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                "--disable-background-networking", f"--user-data-dir={folder}", "--remote-debugging-pipe",
            ],
            pass_fds=(3, 4),
            preexec_fn=connect,
            stderr=subprocess.DEVNULL,
        )
        for end in (to_browser, from_browser, far_read, far_write):
            os.close(end)
        self.buffer, self.number, self.session = b"", 0, None
        self.requests, self.complaints = [], []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.input, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def receive(self):
        end = time.monotonic() + PATIENCE_SECS
        while b"\0" not in self.buffer:
            if not select.select([self.output], [], [], max(0, end - time.monotonic()))[0]:
                raise RuntimeError("the browser does not answer")
            part = os.read(self.output, 1 << 20)
            if not part:
                raise RuntimeError("the browser has ended")
            self.buffer += part
        line, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(line)
        method, parameters = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.complaints.append(parameters["entry"]["text"])
        return message

    def value(self, script):
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{script}: {result['exceptionDetails']['text']}")
        return result["result"].get("value")

    def open(self, url):
        self.ask("Page.navigate", url=url)
        end = time.monotonic() + PATIENCE_SECS
        while self.value("document.readyState") != "complete" and time.monotonic() < end:
            time.sleep(0.02)

    def press(self, *keys):
        for key in keys:
            code = KEYS.get(key, ord(key.upper()[0]))
            text = {} if key in KEYS else {"text": key}
            for kind in ("keyDown", "keyUp"):
                self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text)

    def swipe(self, from_x, to_x):
        def points(x):
            return [{"x": x, "y": 200}]

        self.ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=points(from_x))
        self.ask("Input.dispatchTouchEvent", type="touchMove", touchPoints=points(to_x))
        self.ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def size(self, width, height, is_touched=False):
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
            mobile=is_touched,
        )
        self.ask("Emulation.setTouchEmulationEnabled", enabled=is_touched)

    def picture(self, path):
        # The fade between two steps takes a quarter of a second.
        time.sleep(0.5)
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))

    def printed(self):
        result = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(result["data"])

    def close(self):
        try:
            self.session = None
            self.ask("Browser.close")
        except (RuntimeError, OSError):
            self.process.kill()
        self.process.wait(timeout=PATIENCE_SECS)


class Check:
    def __init__(self, browser, url, pictures):
        self.browser, self.url, self.pictures = browser, url, pictures
        self.faults, self.passed = [], 0

    def that(self, is_so, text):
        if is_so:
            self.passed += 1
        else:
            self.faults.append(text)

    def shown(self):
        """The step on the screen, as a person and as the address see it."""
        seen = self.browser.value(
            "[...document.querySelectorAll('section')].filter(s => getComputedStyle(s).display !== 'none'"
            " && !s.classList.contains('before')).map(s => Number(s.id))"
        )
        address = self.browser.value("location.hash")
        count = self.browser.value("document.querySelector('.count').textContent.match(/[0-9]+/)[0]")
        is_agreed = len(seen) == 1 and (address, count) == (f"#{seen[0]}", str(seen[0]))
        return seen[0] if is_agreed else (seen, address, count)

    def keys(self, keys, wanted):
        self.browser.press(*keys)
        shown = self.shown()
        self.that(shown == wanted, f"{' '.join(keys)!r} shows {shown}, not {wanted}")

    def look(self, name):
        if self.pictures:
            self.browser.picture(self.pictures / f"{name}.png")

    def parts(self):
        value = self.browser.value
        self.that(value("document.documentElement.lang") in ("en", "zh", "ko"), "the page has no language")
        self.that(value("document.querySelectorAll('h1').length") == 1, "there is not one h1")
        self.that(bool(value("document.title")), "the page has no title")
        images = value("[...document.images].map(i => [i.alt.trim(), i.naturalWidth, i.src.slice(0, 11)])")
        self.that(len(images) > 0, "there is no picture")
        for number, (alt, width, source) in enumerate(images, 1):
            self.that(alt != "", f"picture {number} has no alt text")
            self.that(width > 0 and source == "data:image/", f"picture {number} is not in the file")
        nameless = value(
            "[...document.querySelectorAll('button, a')].filter(e => !e.hidden"
            " && !(e.getAttribute('aria-label') || e.textContent).trim()).length"
        )
        self.that(nameless == 0, f"{nameless} buttons or links have no name")

    def walk(self, last):
        second, before_last = min(2, last), max(1, last - 1)
        for key in ("ArrowRight", "ArrowDown", "PageDown", " "):
            self.keys(["Home"], 1)
            self.keys([key], second)
        for key in ("ArrowLeft", "ArrowUp", "PageUp"):
            self.keys(["End"], last)
            self.keys([key], before_last)
        self.keys(["End", "ArrowRight"], last)
        self.keys(["Home", "ArrowLeft"], 1)
        self.keys([*str(last), "Enter"], last)
        self.keys(["9", "9", "9", "Enter"], last)
        self.keys(["1", "Escape", "Enter"], last)
        spoken = self.browser.value("document.querySelector('[aria-live]').textContent")
        heading = self.browser.value("document.querySelector('.now h2').textContent")
        self.that(heading in spoken, f"a screen reader hears {spoken!r}, not {heading!r}")
        self.keys(["Home"], 1)

    def notes(self):
        aside = "document.querySelector('.now .aside')"
        if not self.browser.value(f"!!{aside}"):
            return
        is_open = f"getComputedStyle({aside}).display !== 'none'"
        self.that(not self.browser.value(is_open), "the notes are open at first")
        self.browser.press("n")
        self.that(self.browser.value(is_open), "N does not open the notes")
        self.look("notes")
        self.browser.press("Escape")
        self.that(not self.browser.value(is_open), "Escape does not close the notes")

    def address(self, last):
        self.browser.value(f"location.hash = '#{last}'")
        self.that(self.shown() == last, "a new address does not change the step")
        self.browser.open("about:blank")
        self.browser.open(f"{self.url}#{last}")
        self.that(self.shown() == last, "the address does not bring the step back")

    def touch(self, last):
        self.browser.size(390, 844, is_touched=True)
        self.keys(["Home"], 1)
        wide = self.browser.value("document.documentElement.scrollWidth")
        self.that(wide <= 390, f"a telephone needs {wide} pixels across")
        self.look("telephone")
        self.browser.swipe(330, 60)
        self.that(self.shown() == min(2, last), "a swipe to the left does not go on")
        self.browser.swipe(60, 330)
        self.that(self.shown() == 1, "a swipe to the right does not go back")
        self.browser.size(1280, 720)

    def without_script(self):
        self.browser.ask("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.open("about:blank")
        self.browser.open(self.url)
        hidden = self.browser.value(
            "[...document.querySelectorAll('section, .notes, .sources, .caption, .about')]"
            ".filter(e => !e.getClientRects().length).length"
        )
        self.that(hidden == 0, f"{hidden} parts are not to be read without script")
        bar = self.browser.value("document.querySelector('.bar').getClientRects().length")
        self.that(bar == 0, "buttons without script do nothing")
        self.look("plain")
        self.browser.ask("Emulation.setScriptExecutionDisabled", value=False)

    def outside(self):
        """The page's own policy stops what a hostile text would try."""
        before = len(self.browser.requests)
        stopped = self.browser.value(
            "new Promise(done => { const image = new Image(); image.onerror = () => done(true);"
            " image.onload = () => done(false); image.src = 'http://192.0.2.1/x.png'; })"
        )
        sent = self.browser.value("fetch('http://192.0.2.1/').then(() => true, () => false)")
        self.that(stopped and not sent, "the page may load from outside")
        del self.browser.requests[before:]
        self.browser.complaints.clear()

    def paper(self, last):
        pdf = self.browser.printed()
        pages = pdf.count(b"/Type /Page\n") or pdf.count(b"/Type/Page/")
        self.that(pages >= last, f"{last} steps are printed on {pages} pages")
        if self.pictures:
            (self.pictures / "printed.pdf").write_bytes(pdf)

    def all(self):
        self.browser.size(1280, 720)
        self.browser.open(self.url)
        self.parts()
        last = self.browser.value("document.querySelectorAll('section').length")
        self.that(self.shown() == 1, "the first step is not shown first")
        self.look("screen")
        self.walk(last)
        self.notes()
        self.address(last)
        self.paper(last)
        self.touch(last)
        self.without_script()
        self.browser.open("about:blank")
        self.browser.open(self.url)
        file = self.url.split("#")[0]
        foreign = [it for it in self.browser.requests if not it.startswith((file, "data:", "about:"))]
        self.that(not foreign, f"requests were made: {foreign}")
        self.that(not self.browser.complaints, f"the browser complains: {self.browser.complaints}")
        self.outside()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("handout", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.pictures:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(folder)
        try:
            check = Check(browser, arguments.handout.resolve().as_uri(), arguments.pictures)
            check.all()
        finally:
            browser.close()
    for fault in check.faults:
        print(f"fault: {fault}")
    print(f"{check.passed} checks passed, {len(check.faults)} failed")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
