"""A VMS's player: GStreamer's rtspsrc opens the address that ONVIF told.

Usage: open.py URI USER PASSWORD ROOT.pem SERIAL PICTURES
Takes a certificate that ROOT.pem vouches for and that names SERIAL, and no other; ends with 0 after so many pictures, with 1 and a reason otherwise.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gio, Gst  # noqa: E402

uri, user, password, root, serial, pictures = sys.argv[1:7]
Gst.init(None)
pipeline = Gst.parse_launch(
    "rtspsrc name=source protocols=tcp ! application/x-rtp,media=video ! rtph264depay"
    " ! video/x-h264,stream-format=byte-stream,alignment=au ! fakesink sync=false num-buffers=" + pictures
)
source = pipeline.get_by_name("source")
source.set_property("location", uri)
source.set_property("user-id", user)
source.set_property("user-pw", password)
source.set_property("tls-database", Gio.TlsFileDatabase.new(root))


def accept(_source, _connection, certificate, errors):
    """A camera's certificate names the camera, not a host: that one error is borne if it is the right camera."""
    names = certificate.get_subject_name().replace("+", ",").split(",")
    if errors != Gio.TlsCertificateFlags.BAD_IDENTITY:
        print("this root does not vouch for the certificate", file=sys.stderr)
        return False
    if f"serialNumber={serial}" not in names:
        print("the certificate is not that of " + serial, file=sys.stderr)
        return False
    return True


source.connect("accept-certificate", accept)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(90 * Gst.SECOND, Gst.MessageType.ERROR | Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
if message is None:
    sys.exit("nothing within 90 seconds")
if message.type == Gst.MessageType.ERROR:
    error, detail = message.parse_error()
    sys.exit(f"{error.message}\n{detail}")
