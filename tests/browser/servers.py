"""Servers for the browser tests: the course, and a proxy that makes the connection to it slow."""

import asyncio
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, process: subprocess.Popen, seconds: float = 60) -> None:
    """Wait until the server answers; raise an error if it exits first."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered {url}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within {seconds} s")


@contextmanager
def course(base: str = "") -> Iterator[str]:
    """Run a fresh server of the course, below the base path if one is given, and yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1"] + (["--server.baseUrlPath", base] if base else [])
    root = f"http://127.0.0.1:{port}" + (f"/{base}" if base else "")
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"{root}/_stcore/health", process)
        yield root
    finally:
        process.terminate()
        process.wait(timeout=20)


@dataclass
class Line:
    """A connection to a server on which every packet arrives ``delay`` seconds late, in order."""

    address: str
    delay: float = 0


@contextmanager
def line_to(address: str) -> Iterator[Line]:
    """Run a proxy to the server at this address, and yield the connection, which can be made slow."""
    target = int(address.rsplit(":", 1)[1])
    port = free_port()
    line = Line(f"http://127.0.0.1:{port}")
    ready = threading.Event()
    ends: list[asyncio.StreamWriter] = []

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        packets: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, packet = await packets.get()
                await asyncio.sleep(max(0, due - clock()))
                if not packet:
                    break
                writer.write(packet)
            writer.close()

        delivery = asyncio.create_task(deliver())
        while packet := await reader.read(65536):
            packets.put_nowait((clock() + line.delay, packet))
        packets.put_nowait((clock() + line.delay, b""))
        await delivery

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", target)
        ends.extend((writer, server_writer))
        with suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(carry(reader, server_writer), carry(server_reader, writer))

    async def serve() -> None:
        server = await asyncio.start_server(connect, "127.0.0.1", port)
        stopping.append((asyncio.get_running_loop(), stop := asyncio.Event()))
        ready.set()
        await stop.wait()
        server.close()
        for end in ends:
            end.close()
        await asyncio.sleep(0.1)

    stopping: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield line
    finally:
        loop, stop = stopping[0]
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
