"""Chapter 7's list of tasks in Python: a task sends one chat message over its worker's connection, which is kept, and
waits for the reply. Prints what the programs of the chapter print, as far as the benchmark reads it. Nothing is tried
again: a task that fails ends it all.

    executors.py threads|processes|manager HOST:PORT TASKS WORKERS SAMPLES
"""

import concurrent.futures
import json
import multiprocessing
import os
import socket
import statistics
import sys
import threading
import time

address, sender = None, f"python-{os.urandom(4).hex()}"
mine = threading.local()  # of each thread, and so of each process


def deliver(task):
    if not hasattr(mine, "connection"):
        mine.connection = socket.create_connection(address, timeout=2)
        mine.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    message = {"type": "message", "from": sender, "content": f"task {task}", "id": task}
    mine.connection.sendall((json.dumps(message) + "\n").encode())
    line = b""
    while not line.endswith(b"\n"):
        piece = mine.connection.recv(4096)
        if not piece:
            raise ConnectionError("the server closed the connection")
        line += piece
    reply = json.loads(line)
    if reply["type"] != "ack" or reply["id"] != task:
        raise ValueError(f"no acknowledgement of task {task}: {reply}")
    return task


def by_executor(executor, tasks):
    return [each.result() for each in [executor.submit(deliver, task) for task in tasks]]


def work(tasks, results):
    while (task := tasks.get()) is not None:
        results.put(deliver(task))


def by_queues(todo, results, tasks):
    for task in tasks:
        todo.put(task)
    return [results.get() for _ in tasks]


def measure(run, kind, count, samples):
    seconds = []
    for sample in range(samples):
        tasks = range(sample * count + 1, (sample + 1) * count + 1)
        begin = time.perf_counter()
        done = run(tasks)
        seconds.append(time.perf_counter() - begin)
        if sorted(done) != list(tasks):
            raise ValueError("not each task was done once")
        if sample == 0:
            print("".join(f"task {task}: ok\n" for task in done), end="")
    print(f"{kind},{samples},{statistics.mean(seconds):.6f},{statistics.median(seconds):.6f}")


def main():
    global address
    kind, host, count, workers, samples = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
    name, _, port = host.rpartition(":")
    address = (name, int(port))
    fork = multiprocessing.get_context("fork")  # the quickest to start, and the usual one on Linux up to Python 3.13
    if kind == "threads":
        with concurrent.futures.ThreadPoolExecutor(workers) as executor:
            measure(lambda tasks: by_executor(executor, tasks), kind, count, samples)
    elif kind == "processes":
        with concurrent.futures.ProcessPoolExecutor(workers, mp_context=fork) as executor:
            measure(lambda tasks: by_executor(executor, tasks), kind, count, samples)
    else:
        with fork.Manager() as manager:
            todo, results = manager.Queue(), manager.Queue()
            crew = [fork.Process(target=work, args=(todo, results)) for _ in range(workers)]
            for worker in crew:
                worker.start()
            measure(lambda tasks: by_queues(todo, results, tasks), kind, count, samples)
            for _ in crew:
                todo.put(None)
            for worker in crew:
                worker.join()


main()
