package org.camseal.cli.camera;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraEvent;
import org.camseal.camera.Signing;
import org.camseal.camera.StreamMeasure;
import org.camseal.identity.CertificateSubject;
import org.camseal.media.Codec;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.onvif.DeviceFacts;
import org.camseal.onvif.NetworkFacts;
import org.camseal.onvif.OnvifFacts;
import org.camseal.onvif.StreamTransport;
import org.camseal.onvif.VideoFacts;
import org.camseal.streaming.server.SrtpOffer;
import org.camseal.streaming.srtp.SrtpProfile;

/**
 * What a running camera tells a video management system of itself.
 *
 * @param subject who it is
 * @param name by its owner; "" for its model
 * @param signature whether its video is signed inside, and with whose key, now
 * @param httpsPort of the pages, once they are there
 */
record CameraFacts(
        Camera camera,
        CertificateSubject subject,
        String name,
        Supplier<VideoFacts.Signature> signature,
        AtomicInteger httpsPort)
        implements OnvifFacts {
    @Override
    public DeviceFacts device() {
        // The same over restarts and reinstallations: made of what the factory gave it.
        UUID id = UUID.nameUUIDFromBytes(
                (subject.organization() + "/" + subject.serial()).getBytes(StandardCharsets.UTF_8));
        return new DeviceFacts(
                id,
                new DeviceFacts.Maker(subject.organization(), subject.name(), Signing.VERSION),
                subject.serial(),
                name.isEmpty() ? subject.name() : name,
                Optional.empty(),
                subject.name(),
                subject.serial());
    }

    @Override
    public List<VideoFacts> videos() {
        String stream = camera.status().stream().stream();
        Optional<VideoFormat> format = format();
        Optional<StreamMeasure> measure = camera.measure();
        Optional<StreamRates.Sequence> sequence = StreamRates.sequence(measure, format);
        VideoFacts.Picture picture = new VideoFacts.Picture(
                format.map(VideoFormat::codec).filter(Codec.H265::equals).isPresent()
                        ? VideoFacts.Encoding.H265
                        : VideoFacts.Encoding.H264,
                sequence.flatMap(StreamRates.Sequence::profile),
                sequence.map(StreamRates.Sequence::size)
                        .or(() -> format.map(told -> new VideoFacts.Size(told.width(), told.height())))
                        .orElse(new VideoFacts.Size(0, 0)),
                measure.map(StreamRates::of),
                signature.get());
        Map<StreamTransport, String> paths = Map.of(
                StreamTransport.INTERLEAVED, "/" + stream,
                StreamTransport.SRTP_UNICAST, "/" + stream + "?srtp=1",
                StreamTransport.HTTPS_TUNNEL, "/" + stream,
                StreamTransport.WEB_SOCKET, "/" + stream);
        SrtpProfile srtp = SrtpOffer.STANDARD.profiles().getFirst(); // as the camera's server has it
        return List.of(new VideoFacts(
                stream,
                stream + " (sealed)",
                picture,
                new VideoFacts.Place(camera.address().getPort(), httpsPort.get(), paths, Optional.of(srtp))));
    }

    /** As the source gave it when it started last. */
    private Optional<VideoFormat> format() {
        return camera.status().recent().reversed().stream()
                .filter(CameraEvent.SourceStarted.class::isInstance)
                .map(CameraEvent.SourceStarted.class::cast)
                .flatMap(started -> started.tracks().stream())
                .map(Track::format)
                .filter(VideoFormat.class::isInstance)
                .map(VideoFormat.class::cast)
                .findFirst();
    }

    @Override
    public NetworkFacts network() {
        List<NetworkFacts.Interface> interfaces = new ArrayList<>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (one.isUp() && !one.isLoopback()) {
                    interfaces.add(described(one));
                }
            }
        } catch (SocketException e) {
            interfaces.clear(); // the system does not tell: neither does the camera
        }
        return new NetworkFacts(interfaces, httpsPort.get(), camera.address().getPort());
    }

    private static NetworkFacts.Interface described(NetworkInterface one) throws SocketException {
        byte[] hardware = one.getHardwareAddress();
        List<NetworkFacts.Address> addresses = one.getInterfaceAddresses().stream()
                .map(address -> new NetworkFacts.Address(address.getAddress(), address.getNetworkPrefixLength()))
                .toList();
        return new NetworkFacts.Interface(
                one.getName(),
                hardware == null ? "" : HexFormat.ofDelimiter("-").formatHex(hardware),
                addresses);
    }

    /** Addresses of that interface at which the pages are reached. */
    static List<InetAddress> addresses(NetworkInterface one) {
        return Collections.list(one.getInetAddresses()).stream()
                .filter(address -> !address.isLinkLocalAddress() || address.getAddress().length == 4)
                .toList();
    }
}
