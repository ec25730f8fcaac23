"""How the pages are served: what may run in them, what browsers keep, what is refused."""

import re
from pathlib import Path

import httpx
import pytest

from api.web import create_pages
from local.pages import PACKED, WEB, fingerprint, pack


@pytest.fixture
def built(tmp_path: Path) -> Path:
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_text('<meta name="style-nonce" content="STYLE_NONCE">')
    (tmp_path / "secret.txt").write_text("not for browsers")
    (assets / "main-1a2b.js").write_text("let pages = 1;" * 100)
    pack(assets)
    return tmp_path


def browser(built: Path) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=create_pages(built))
    return httpx.AsyncClient(transport=transport, base_url="http://pages")


async def test_the_page_is_always_asked_for_and_its_nonce_is_new(built: Path) -> None:
    client = browser(built)
    nonces = set()
    for path in ("/", "/anything"):
        answer = await client.get(path)
        found = re.search(r'content="([\w-]{20,})"', answer.text)
        assert found
        assert f"style-src 'self' 'nonce-{found[1]}'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-cache"
        nonces.add(found[1])
    assert len(nonces) == 2


async def test_scripts_and_connections_are_ours_alone(built: Path) -> None:
    policy = (await browser(built).get("/")).headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert {rules[name] for name in ("script-src", "connect-src", "font-src")} == {"'self'"}
    assert {rules[name] for name in ("base-uri", "form-action", "frame-ancestors")} == {"'none'"}


async def test_assets_are_kept_for_a_year_and_travel_packed(built: Path) -> None:
    client = browser(built)
    packed = await client.get("/assets/main-1a2b.js")
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Type"].startswith("text/javascript")
    plain = await client.get("/assets/main-1a2b.js", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert packed.text == plain.text == "let pages = 1;" * 100


@pytest.mark.parametrize("name", ["..%2Fsecret.txt", "%2e%2e/secret.txt", "absent.js", "."])
async def test_nothing_else_of_the_folder_is_given_out(built: Path, name: str) -> None:
    answer = await browser(built).get(f"/assets/{name}")
    assert "not for browsers" not in answer.text
    assert answer.status_code == 404 or 'name="style-nonce"' in answer.text


async def test_pages_that_are_not_built_say_what_to_do(tmp_path: Path) -> None:
    answer = await browser(tmp_path).get("/")
    assert (answer.status_code, answer.text) == (
        503,
        "The pages are not built: `make run` builds them.\n",
    )


def test_the_lock_names_versions_and_hashes_and_no_address() -> None:
    text = (WEB / "package-lock.json").read_text()
    assert '"resolved"' not in text
    packages = text.count('"version": "')
    assert text.count('"integrity": "sha512-') == packages


def test_a_changed_source_is_noticed_whatever_its_time_says(tmp_path: Path) -> None:
    source = WEB / "package.json"
    assert fingerprint([source]) == fingerprint([source])
    assert fingerprint([source]) != fingerprint([source, WEB / "tsconfig.json"])
    assert ".js" in PACKED
