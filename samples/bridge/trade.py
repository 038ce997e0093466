"""Places a limit order through the bridge, waits until it rests, cancels it and stops.

    python3 trade.py CONFIG [COMMAND ...]

COMMAND is how the bridge is started, `execution-adapters` if left out. Needs nothing but the standard library.
"""
import json
import subprocess
import sys

config, command = sys.argv[1], sys.argv[2:] or ["execution-adapters"]
bridge = subprocess.Popen(
    [*command, "bridge", "--config", config], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def send(cmd, **fields):
    bridge.stdin.write(json.dumps({"cmd": cmd, "id": cmd, **fields}) + "\n")
    bridge.stdin.flush()


def wait_for(kind, name):
    """Prints lines until the wanted one comes; a refusal ends the program."""
    for line in bridge.stdout:
        message = json.loads(line)
        print(line.rstrip(), flush=True)
        if message.get("ok") is False or message.get("event") in ("order_denied", "order_rejected", "order_cancel_rejected"):
            sys.exit(message.get("error") or message["reason"])
        if message.get(kind) == name:
            return message
    sys.exit("the bridge has ended")


try:
    send("connect")
    wait_for("reply", "connect")
    order = {"client_order_id": "PY-1", "instrument_id": "ETH-PERP.LIGHTER", "order_side": "BUY", "order_type": "LIMIT",
             "quantity": "0.0100", "price": "2000.00", "post_only": True}
    send("submit_order", order=order)
    accepted = wait_for("event", "order_accepted")
    send("cancel_order", client_order_id="PY-1", venue_order_id=accepted["venue_order_id"])
    wait_for("event", "order_canceled")
    send("stop")
    wait_for("notice", "disconnected")
finally:
    bridge.stdin.close()  # the end of the input stops the bridge, whatever happened
    bridge.wait()
sys.exit(bridge.returncode)
