"""A foreign RTSP server for the client's tests: GStreamer's, with a login by Digest (MD5, the only one it knows) or Basic.

Usage: gst_server.py LOGIN CERTIFICATE_PEM PIPELINE [srtp]     LOGIN: digest, basic or none; CERTIFICATE_PEM: a file, or "-" for no TLS
Prints "port N" when it listens; ends with its standard input.
"""
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

login, certificate, pipeline = sys.argv[1:4]
srtp = sys.argv[4:] == ["srtp"]
Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(pipeline)
factory.set_shared(True)
if srtp:
    factory.set_profiles(GstRtsp.RTSPProfile.SAVP)

if login != "none" or certificate != "-":
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    if certificate != "-":
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(certificate))
    if login == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest("guard", "correct-horse", token)
    elif login == "basic":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic("guard", "correct-horse"), token)
    else:
        auth.set_default_token(token)
    server.set_auth(auth)
    role = "user, media.factory.access=(boolean)true, media.factory.construct=(boolean)true"
    factory.add_role_from_structure(Gst.Structure.from_string(role)[0])

server.get_mount_points().add_factory("/live", factory)
server.attach(None)
print("port", server.get_bound_port(), flush=True)
loop = GLib.MainLoop()
threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
loop.run()
