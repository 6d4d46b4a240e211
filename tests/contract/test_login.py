"""Who asks Google as a person: the token goes along; whoever has no login is told how to get one, in one sentence."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.cli.main import main
from shared.gcp.login import login

NOWHERE = ("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "GOOGLE_APPLICATION_CREDENTIALS")


def test_no_login_is_told_with_the_command_that_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in NOWHERE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))  # where gcloud keeps logins
    monkeypatch.setenv("NO_GCE_CHECK", "true")  # this is no machine of Google's
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "kentongan-sagara")
    monkeypatch.chdir(tmp_path)
    assert main(["doctor", "--cloud"]) == 3
    said = capsys.readouterr().err
    assert "gcloud auth application-default login" in said


class Granting(BaseHTTPRequestHandler):
    """Google's server of tokens."""

    def do_POST(self) -> None:
        body = b'{"access_token": "tiket", "expires_in": 3600, "token_type": "Bearer"}'
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_a_login_names_its_token_and_the_project_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), Granting) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        account = {
            "type": "service_account",
            "client_email": "ti@kentongan-sagara.example",
            "private_key": key.decode(),
            "token_uri": f"http://127.0.0.1:{server.server_port}/token",
        }
        (tmp_path / "account.json").write_text(json.dumps(account), encoding="ascii")
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "account.json"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        headers = login("kentongan-sagara")
        server.shutdown()
        thread.join()
    assert headers == {"Authorization": "Bearer tiket", "x-goog-user-project": "kentongan-sagara"}
