#!/usr/bin/env python3
"""plecto_server.py: a stand-in for Plecto's API v2 on loopback, over real HTTP/1.1 and TLS, that fails when told to.

    plecto_server.py --ready FILE --credentials FILE [--tls CERTIFICATE KEY] [--state FILE] [--behaviour JSON]

The kernel chooses the ports. FILE gets one "NAME=PORT" a line when the server can be asked: api, elsewhere (another
host, for redirects: it writes down what it is sent and answers 200) and control (plain HTTP, for the tests). The
credentials are {"email", "password"} in a file: on the command line they would be in the process list, where the tests
look for them. At SIGTERM the state is written to --state.

Control: GET /state, /totals (JSON), /log (a line a request); POST /behaviour (JSON, see plecto_api.DEFAULTS),
/data-sources {uuid, title, fields}, /members {uuid, name, email, provider, id}, /retention {data_source, before}, /registrations (a list; stored as they are), /delete {data_source, uuid},
/reset (log and totals).

Faults are drawn by seed in the order in which requests arrive, or told one by one (behaviour "next"). The API is in
plecto_api.py, what it holds in plecto_store.py. Standard library only.
"""

import argparse
import base64
import email.utils
import gzip
import http.server
import json
import os
import signal
import socket
import ssl
import struct
import sys
import threading
import time

import plecto_api
import plecto_store
from plecto_api import CONNECTION_FAULTS, STATUSES, Answer


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection to the API, or to the other host, with its faults."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""
    disable_nagle_algorithm = True
    timeout = 60

    def setup(self):
        context, plecto = self.server.context, self.server.plecto
        self.request.settimeout(self.timeout)
        if context:
            try:
                self.request = context.wrap_socket(self.request, server_side=True)
            except (OSError, ssl.SSLError):
                plecto.tls_failures += 1
                raise ConnectionResetError from None
        plecto.connections += 1
        self.connection_number = plecto.connections
        super().setup()

    def log_message(self, *_):
        pass

    def answer(self):
        plecto = self.server.plecto
        plecto.hook("head")
        with plecto.lock:
            fault = plecto.draw(self.command) if self.server.name == "api" else "none"
        line = self.note(fault)
        if fault == "close-early":
            return self.hang_up(reset=True)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        line["bytes"] = len(body)
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        plecto.hook("body")
        if fault == "close-before":
            return self.hang_up()
        while plecto.behaviour["hold"] in ("any", self.command):
            time.sleep(0.02)
        if plecto.behaviour["delay_seconds"]:
            time.sleep(plecto.behaviour["delay_seconds"])
        with plecto.lock:
            answer = self.obey(body, fault, line)
        line["status"] = answer.status
        if fault in ("slow", "stall"):
            time.sleep(plecto.behaviour["slow_seconds"])
        self.send(answer, fault)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = answer

    def note(self, fault):
        """A line of the log. The credentials are told as right, wrong or none, never as they are."""
        plecto, sent = self.server.plecto, self.headers.get("Authorization")
        line = {
            "listener": self.server.name, "connection": self.connection_number, "at": round(time.monotonic(), 4),
            "host": self.headers.get("Host"), "method": self.command, "path": self.path, "fault": fault,
            "authorization": "none" if sent is None else "right" if sent == plecto.authorization else "wrong",
            "headers": {key: value for key, value in self.headers.items() if key.lower() != "authorization"},
            "registrations": [], "bytes": 0, "status": 0}
        with plecto.lock:
            line["number"] = len(plecto.log) + 1
            plecto.log.append(line)
            if fault != "none":
                plecto.fault_counts[fault] = plecto.fault_counts.get(fault, 0) + 1
        return line

    def obey(self, body, fault, line):
        plecto = self.server.plecto
        if self.server.name != "api":
            return Answer(200, {"status": "success"})
        try:
            sent = json.loads(body) if body else []
            sent = sent if isinstance(sent, list) else [sent]
            line["registrations"] = [one.get("external_id") for one in sent if isinstance(one, dict)]
            line["sources"] = sorted({str(one.get("data_source")) for one in sent if isinstance(one, dict)})
        except ValueError:
            pass
        plecto.base = "%s://%s" % ("https" if self.server.context else "http", self.headers.get("Host"))
        if fault in STATUSES:
            headers, after = {}, plecto.behaviour["retry_after"]
            if fault == "429-seconds":
                headers["Retry-After"] = str(after)
            elif fault == "429-date":
                headers["Retry-After"] = email.utils.formatdate(time.time() + after, usegmt=True)
            words = STATUSES[fault]
            return Answer(int(fault[:3]), words if words.startswith("<") else {"detail": words}, headers)
        if fault == "page":
            return Answer(200, "<!DOCTYPE html><title>Plecto</title><p>Back soon.</p>")
        if fault == "echo":
            sent = self.headers.get("Authorization", "")
            pair = base64.b64decode(sent[6:]).decode(errors="replace")
            return Answer(403, {"detail": "No: '%s' (%s) on %s" % (sent, pair, self.path)})
        if fault == "redirect":
            to = plecto.behaviour["redirect"].format(path=self.path, **plecto.ports)
            return Answer(307, {"detail": "Moved."}, {"Location": to})
        if line["authorization"] != "right":
            return Answer(401, {"detail": "Invalid username/password."}, {"WWW-Authenticate": 'Basic realm="api"'})
        if plecto.over_limit():
            after = str(plecto.behaviour["retry_after"])
            return Answer(429, {"detail": "Request was throttled."}, {"Retry-After": after})
        try:
            plecto.handle(self.command, self.path, body)
        except Answer as answer:
            return Answer(500, {"detail": "Server error."}) if fault == "500-after" else answer
        raise AssertionError("a request without an answer")

    def send(self, answer, fault):
        plecto = self.server.plecto
        if fault in ("close-after", "reset-after"):
            return self.hang_up(reset=fault == "reset-after")
        if fault == "endless":
            self.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n[")
            for _ in range(4096):  # 256 MiB, unless the other side has had enough
                self.wfile.write(b'{"uuid": "0"}, ' * 4369)
            return self.hang_up()
        body = b""
        if answer.body is not None:
            text = answer.body if isinstance(answer.body, str) else plecto_store.dump(
                answer.body, plecto.behaviour["numbers"])
            if text == "OK!":
                text = '"OK"'
            body = text.encode()
        if fault == "malformed":
            body = body[:len(body) // 2] + b"\x00{[" if len(body) > 8 else b"{\"uuid\": "
        if plecto.behaviour["packs"] and body:
            body = gzip.compress(body)
        head = ["HTTP/1.1 %d %s" % (answer.status, http.server.BaseHTTPRequestHandler.responses.get(
            answer.status, ("?",))[0]), "Date: " + email.utils.formatdate(usegmt=True), "Server: nginx"]
        if answer.body is not None:
            kind = "text/html" if isinstance(answer.body, str) else "application/json"
            head.append("Content-Type: " + kind)
        if plecto.behaviour["packs"] and body:
            head.append("Content-Encoding: gzip")
        if answer.status != 204:
            head.append("Content-Length: %d" % len(body))
        head += ["%s: %s" % pair for pair in answer.headers.items()]
        if plecto.behaviour["request_id"]:
            head.append("X-Request-Id: " + plecto.behaviour["request_id"])
        whole = ("\r\n".join(head) + "\r\n\r\n").encode() + body
        if fault == "truncate":
            self.wfile.write(whole[:len(whole) - len(body) + len(body) // 2] if len(body) > 1 else whole[:20])
            return self.hang_up()
        self.wfile.write(whole[:-1])
        plecto.hook("half")
        if fault not in CONNECTION_FAULTS:
            with plecto.lock:  # before the last byte: whoever reads the answer may be faster than we
                plecto.store.confirm(answer.kept)
        self.wfile.write(whole[-1:])
        self.wfile.flush()
        plecto.hook("answered")

    def hang_up(self, reset=False):
        self.close_connection = True
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise ConnectionResetError

    def finish(self):
        super().finish()
        self.connection.close()  # TLS: the server knows only the socket below it


class Control(http.server.BaseHTTPRequestHandler):
    """The tests' own entrance."""

    timeout = 60

    def log_message(self, *_):
        pass

    def do_GET(self):
        plecto = self.server.plecto
        with plecto.lock:
            if self.path == "/log":
                text = "".join(
                    "{number} {listener} connection={connection} {method} {path} host={host}"
                    " authorization={authorization} count={count} fault={fault} status={status}\n"
                    .format(count=len(line["registrations"]), **line)
                    for line in plecto.log)
            else:
                text = plecto_store.dump(plecto.totals() if self.path == "/totals" else plecto.state())
        self.reply(200, text)

    def do_POST(self):
        plecto = self.server.plecto
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        try:
            with plecto.lock:
                if self.path == "/reset":
                    plecto.reset()
                elif self.path == "/behaviour":
                    plecto.behave(json.loads(body))
                elif self.path == "/data-sources":
                    told = json.loads(body)
                    fields = told.get("fields")
                    fields = fields and {field["title"]: field["type"] for field in fields}
                    plecto.store.create(told["title"], fields, told.get("uuid"))
                elif self.path == "/retention":  # {data_source, before}: what is older is no longer kept
                    told = json.loads(body)
                    source = plecto.store.find(told["data_source"])
                    for key in [key for key, one in source.registrations.items() if one.body["date"] < told["before"]]:
                        del source.registrations[key]
                elif self.path == "/members":
                    told = json.loads(body)  # {provider, id, email, name}; without provider and ID: somebody with a login
                    key = (told.get("provider"), told.get("id") or told["email"])
                    plecto.store.members[key] = {"uuid": told["uuid"], "name": told["name"], "email": told.get("email")}
                elif self.path == "/registrations":
                    plecto.store.take(plecto_store.parse(body))
                elif self.path == "/delete":
                    told = json.loads(body)
                    plecto.store.delete(plecto.store.find(told["data_source"]), told["uuid"])
                    plecto.store.deleted -= 1  # not by the API
                else:
                    return self.reply(404, "no such control\n")
        except (ValueError, KeyError, TypeError) as error:
            return self.reply(400, "%s\n" % error)
        self.reply(200, "done\n")

    def reply(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Listener(http.server.ThreadingHTTPServer):
    """One port on loopback. A broken connection is part of the tests; any other trouble is written down."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, plecto, name, handler, context=None):
        super().__init__(("127.0.0.1", 0), handler)
        self.plecto, self.name, self.context = plecto, name, context
        plecto.ports[name] = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def server_bind(self):  # HTTPServer's own asks the name service for the host's name
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if not isinstance(error, (OSError, ssl.SSLError)):
            self.plecto.trouble.append("%s: %r" % (self.name, error))


def start(credentials, tls=None, behaviour=None):
    """A running stand-in: its Plecto. tls is (certificate file, key file) or None for plain HTTP."""
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
    plecto = plecto_api.Plecto(credentials, behaviour)
    Listener(plecto, "api", Handler, context)
    Listener(plecto, "elsewhere", Handler, context)
    Listener(plecto, "control", Control)
    return plecto


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ready", required=True)
    parser.add_argument("--credentials", required=True)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--state")
    parser.add_argument("--behaviour", type=json.loads, default={})
    arguments = parser.parse_args()
    with open(arguments.credentials, encoding="utf-8") as file:
        credentials = json.load(file)
    plecto = start(credentials, arguments.tls, arguments.behaviour)
    with open(arguments.ready + ".new", "w", encoding="utf-8") as file:
        file.writelines("%s=%d\n" % pair for pair in plecto.ports.items())
    os.rename(arguments.ready + ".new", arguments.ready)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    parent = os.getppid()
    while not ended.wait(1.0) and os.getppid() == parent:  # a test that was killed leaves no server behind
        pass
    if arguments.state:
        with plecto.lock, open(arguments.state, "w", encoding="utf-8") as file:
            file.write(plecto_store.dump(plecto.state()))


if __name__ == "__main__":
    main()
