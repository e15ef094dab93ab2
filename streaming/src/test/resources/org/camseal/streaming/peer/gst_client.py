"""A foreign RTSP client for the server's tests: GStreamer's rtspsrc, with the certificates it is to trust and no others.

Usage: gst_client.py URI PROTOCOLS TRUSTED_PEM TARGET [USER SECRET BUFFERS]
PROTOCOLS: tcp, udp, udp-mcast (on the loopback network), or tcp+http for a tunnel. TARGET takes the byte stream of the H.264 track.
With USER and SECRET it logs in, to a server whose certificate names no host, and ends after so many BUFFERS.
Prints what went wrong and ends with 1, or ends with 0 at the end of the stream.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gio, Gst  # noqa: E402

uri, protocols, trusted, target = sys.argv[1:5]
Gst.init(None)
pipeline = Gst.parse_launch(
    "rtspsrc name=source ! application/x-rtp,media=video ! rtph264depay"
    " ! video/x-h264,stream-format=byte-stream,alignment=nal ! identity name=some ! filesink name=sink"
)
source = pipeline.get_by_name("source")
source.set_property("location", uri)
source.set_property("tls-database", Gio.TlsFileDatabase.new(trusted))
Gst.util_set_object_arg(source, "protocols", protocols)
source.set_property("multicast-iface", "lo")
if len(sys.argv) > 5:
    source.set_property("user-id", sys.argv[5])
    source.set_property("user-pw", sys.argv[6])
    flags = Gio.TlsCertificateFlags
    source.set_property("tls-validation-flags", flags.VALIDATE_ALL & ~flags.BAD_IDENTITY)
    pipeline.get_by_name("some").set_property("eos-after", int(sys.argv[7]))
pipeline.get_by_name("sink").set_property("location", target)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(60 * Gst.SECOND, Gst.MessageType.ERROR | Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
if message is None:
    sys.exit("nothing within a minute")
if message.type == Gst.MessageType.ERROR:
    error, detail = message.parse_error()
    sys.exit(f"{error.message}\n{detail}")
