"""A server on the loopback that answers as Crossref, PubMed, NCBI's ID converter and doi.org do.

It replays recorded answers and works made in their form, keeps a log of what it was asked, and
misbehaves on demand.
"""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

RECORDED = Path(__file__).parents[1] / "data" / "online"
FAST = {"x-rate-limit-limit": "10000", "x-rate-limit-interval": "1s"}
CSL_JSON = "application/vnd.citationstyles.csl+json"


class Request(NamedTuple):
    """What was asked: the path below the service, decoded parameters, headers, and when."""

    service: str
    path: str
    params: dict[str, str]
    headers: Mapping[str, str]
    at: float


class Reply(NamedTuple):
    """An answer; `cut` sends only so many bytes of it, `slow` waits so many seconds before each
    byte of the first hundred."""

    status: int = 200
    body: bytes = b""
    type: str = "application/json"
    headers: Mapping[str, str] = {}
    cut: int | None = None
    slow: float = 0.0


def as_json(value: Any, status: int = 200, **more: Any) -> Reply:
    return Reply(status, json.dumps(value).encode(), **more)


Fault = Callable[[Request], Reply | None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away, or that does not trust us."""


class Replay:
    """The works that the services know, by DOI in small letters or by PMID, and their faults.

    `faults` are asked before anything else, in order; the first that answers is taken.
    """

    def __init__(self) -> None:
        self.crossref: dict[str, dict[str, Any]] = {}
        self.pubmed: dict[str, str] = {}
        self.pmc: dict[str, str] = {}  # DOIs of papers that are in PMC and not in PubMed
        self.csl: dict[str, dict[str, Any]] = {}
        self.agencies: dict[str, str] = {}
        self.searches: dict[str, list[str]] = {}
        self.otherwise: list[str] = []  # what a search finds that nothing else answers
        self.faults: list[Fault] = []
        self.log: list[Request] = []
        self.peers: set[tuple[str, int]] = set()
        self.rates: Mapping[str, str] = FAST
        self.url = ""

    def recorded(self) -> Replay:
        """With all recorded answers."""
        for path in sorted((RECORDED / "crossref").glob("works_*.json")):
            self.add_work(json.loads(path.read_text(encoding="utf-8"))["message"])
        for path in sorted((RECORDED / "pubmed").glob("efetch_*.xml")):
            for article in ElementTree.fromstring(path.read_bytes()):
                self.add_article(ElementTree.tostring(article, "unicode"))
        return self

    def add_work(self, message: dict[str, Any]) -> None:
        self.crossref[message["DOI"].lower()] = message
        self.agencies[message["DOI"].lower()] = "Crossref"

    def add_article(self, xml: str) -> None:
        root = ElementTree.fromstring(xml)
        self.pubmed[root.findtext("MedlineCitation/PMID") or ""] = xml

    def asked(self, service: str = "", path: str = "") -> list[Request]:
        """The log, of one service and of paths that begin so."""
        return [
            one for one in self.log if one.service.startswith(service) and one.path.startswith(path)
        ]

    def environment(self) -> dict[str, str]:
        """The variables that send bclm here."""
        return {
            "BCLM_CROSSREF_URL": f"{self.url}/crossref",
            "BCLM_PUBMED_URL": f"{self.url}/pubmed",
            "BCLM_IDCONV_URL": f"{self.url}/idconv",
            "BCLM_DOI_URL": f"{self.url}/doi",
            "BCLM_OFFLINE": "",
        }

    @contextmanager
    def running(self, certificate: tuple[Path, Path] | None = None) -> Iterator[Replay]:
        """The server, up and listening; over TLS with a certificate and its key."""
        server = _Server(("127.0.0.1", 0), self._handler())
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://localhost:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def answer(self, request: Request) -> Reply:
        for fault in self.faults:
            if reply := fault(request):
                return reply
        return {
            "crossref": self._crossref, "pubmed": self._pubmed, "idconv": self._idconv,
            "doi": self._doi,
        }[request.service](request)  # fmt: skip

    def _crossref(self, request: Request) -> Reply:
        if request.path.startswith("/works/"):
            message = self.crossref.get(request.path.removeprefix("/works/").lower())
            if message is None:
                return Reply(404, b"Resource not found.", "text/plain", self.rates)
            whole = {"status": "ok", "message-type": "work", "message": message}
            return as_json(whole, headers=self.rates)
        if "filter" in request.params:
            parts = request.params["filter"].split(",")
            if not all(part.startswith("doi:") for part in parts):
                refused = {"status": "failed", "message-type": "validation-failure"}
                return as_json(refused, 400, headers=self.rates)
            dois = [part.removeprefix("doi:").lower() for part in parts]
            items = [self.crossref[doi] for doi in dois if doi in self.crossref]
        else:
            words = set(request.params["query.bibliographic"].lower().split())
            ranked = sorted(
                self.crossref.values(),
                key=lambda one: -len(words & set(" ".join(one.get("title", ())).lower().split())),
            )
            items = ranked
        items = items[: int(request.params.get("rows", "20"))]
        whole = {
            "status": "ok",
            "message-type": "work-list",
            "message": {"total-results": len(items), "items": items},
        }
        return as_json(whole, headers=self.rates)

    def _pubmed(self, request: Request) -> Reply:
        if request.path == "/efetch.fcgi":
            found = [self.pubmed.get(pmid, "") for pmid in request.params["id"].split(",")]
            text = f'<?xml version="1.0" ?><PubmedArticleSet>{"".join(found)}</PubmedArticleSet>'
            return Reply(200, text.encode(), "text/xml")
        term = request.params["term"]
        pmids = self.searches.get(term)
        if pmids is None:
            pmids = [pmid for pmid, xml in self.pubmed.items() if _matches(term, xml)]
            pmids = pmids or self.otherwise
        result = {
            "count": str(len(pmids)),
            "idlist": pmids[: int(request.params["retmax"])],
            "querytranslation": term,
        }
        return as_json({"header": {"type": "esearch"}, "esearchresult": result})

    def _idconv(self, request: Request) -> Reply:
        records: list[dict[str, Any]] = []
        for wanted in request.params["ids"].split(","):
            pmids = [pmid for pmid, xml in self.pubmed.items() if f">{wanted}<" in xml]
            if wanted in self.pmc:
                records.append({"pmcid": wanted, "doi": self.pmc[wanted]})
            elif pmids:
                records.append({"pmcid": wanted, "pmid": int(pmids[0])})
            else:
                records.append({"pmcid": wanted, "status": "error", "errmsg": "not found"})
        return as_json({"status": "ok", "records": records})

    def _doi(self, request: Request) -> Reply:
        if request.path.startswith("/doiRA/"):
            doi = request.path.removeprefix("/doiRA/")
            agency = self.agencies.get(doi.lower())
            return as_json(
                [
                    {"DOI": doi, "RA": agency}
                    if agency
                    else {"DOI": doi, "status": "DOI does not exist"}
                ]
            )
        item = self.csl.get(request.path[1:].lower())
        if item is None or request.headers.get("accept") != CSL_JSON:
            return Reply(404, b"<html>DOI Not Results</html>", "text/html")
        return as_json(item, type=CSL_JSON)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        replay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                # A proxy is asked for a whole address, whose path begins likewise.
                service, _, path = unquote(parts.path).lstrip("/").partition("/")
                params = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(
                    service, f"/{path}" if path else "", params, headers, time.monotonic()
                )
                replay.log.append(request)
                replay.peers.add(self.client_address)
                self.reply(replay.answer(request))

            def reply(self, reply: Reply) -> None:
                try:
                    self.send_response(reply.status)
                    self.send_header("Content-Type", reply.type)
                    self.send_header("Content-Length", str(len(reply.body)))
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    body = reply.body if reply.cut is None else reply.body[: reply.cut]
                    for byte in body[:100] if reply.slow else b"":
                        time.sleep(reply.slow)
                        self.wfile.write(bytes([byte]))
                    self.wfile.write(body[100:] if reply.slow else body)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # the client has heard enough
                if reply.cut is not None:
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing on stderr."""

        return Handler


def _matches(term: str, xml: str) -> bool:
    """Whether an article is found by a search for DOIs (joined by OR) or for title words."""
    wanted = [doi.strip('"').lower() for doi in re.findall(r"(\S+|\"[^\"]*\")\[doi\]", term)]
    if wanted:
        return any(
            f">{doi.replace('<', '&lt;').replace('>', '&gt;')}<" in xml.lower() for doi in wanted
        )
    title = ElementTree.fromstring(xml).find("MedlineCitation/Article/ArticleTitle")
    words = re.findall(r"\w+", "".join(title.itertext()).lower()) if title is not None else []
    asked = re.findall(r"\w+", term.partition("[ti]")[0].lower())
    return bool(asked) and set(asked) <= set(words)
