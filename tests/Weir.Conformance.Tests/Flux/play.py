"""play.py RECORDINGS WORKERS FILE...: plays recorded scenarios with the recordings' own driver, several at once.

Prints one JSON object a scenario: its id and how what is left in the cluster differs from the recording.
"""
import json
import queue
import sys
import threading
import traceback

sys.path.insert(0, sys.argv[1])
import fluxconf  # noqa: E402
import replay  # noqa: E402

todo = queue.Queue()
for path in sys.argv[3:]:
    todo.put(path)
printing = threading.Lock()

def work():
    while True:
        try:
            path = todo.get_nowait()
        except queue.Empty:
            return
        scenario = json.load(open(path))
        try:
            differences = replay.compare(scenario, fluxconf.Run(scenario).run()['checkpoints'])
        except fluxconf.Fail as e:
            differences = [str(e)]
        except Exception:
            differences = [traceback.format_exc()]
        with printing:
            print(json.dumps({'id': scenario['area'] + '/' + scenario['id'], 'differences': differences}), flush=True)

replay.servers()
workers = [threading.Thread(target=work) for _ in range(int(sys.argv[2]))]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()

