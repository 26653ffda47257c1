"""Brings everything up and leaves it until Ctrl-C, to be looked at and attacked: python -m tests.proof.several"""

import signal

from tests.proof.several.installation import Installation

if __name__ == "__main__":
    with Installation(waits=True) as here:
        print(f"nginx       https://127.0.0.1:{here.front.port} (name readiness.example)")
        for number, kept in enumerate(here.web):
            print(f"web {number}       port {here.ports[number]}, process {kept.process.pid}")
        print(f"worker      process {here.worker.process.pid}")
        print(f"databases   {here.pair.first.address()} (process {here.pair.first.process.pid})")
        print(f"            {here.pair.copy.address()} (process {here.pair.copy.process.pid})")
        print(f"folder      {here.folder}; session of an auditor: __Host-session={here.tokens[0]}", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("Taken down.")
