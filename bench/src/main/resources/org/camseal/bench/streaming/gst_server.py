"""GStreamer's RTSP server for the measurement: one shared stream from a file, plain and, inside TLS, as SRTP keyed by MIKEY.

Usage: gst_server.py FILE.mp4 KEY.p12
The key's passphrase is in PASSPHRASE. Prints "ports PLAIN TLS" when it listens; ends with its standard input.
"""
import os
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

clip, key = sys.argv[1:3]
Gst.init(None)


def server(tls):
    made = GstRtspServer.RTSPServer()
    made.set_address("127.0.0.1")
    made.set_service("0")
    made.set_backlog(128)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( filesrc location={clip} ! qtdemux ! queue ! h264parse ! rtph264pay name=pay0 pt=96 mtu=1212 )")
    factory.set_shared(True)
    if tls:
        factory.set_profiles(GstRtsp.RTSPProfile.SAVP)
        auth = GstRtspServer.RTSPAuth()
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "user")
        auth.set_default_token(token)
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_file_with_password(key, os.environ["PASSPHRASE"]))
        made.set_auth(auth)
        role = "user, media.factory.access=(boolean)true, media.factory.construct=(boolean)true"
        factory.add_role_from_structure(Gst.Structure.from_string(role)[0])
    made.get_mount_points().add_factory("/live", factory)
    made.attach(None)
    return made


servers = [server(False), server(True)]
print("ports", *(each.get_bound_port() for each in servers), flush=True)
loop = GLib.MainLoop()
threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
loop.run()
