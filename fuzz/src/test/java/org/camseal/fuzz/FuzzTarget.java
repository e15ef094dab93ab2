package org.camseal.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.camseal.authority.cmp.CmpFuzz;
import org.camseal.authority.est.EstFuzz;
import org.camseal.authority.log.LogFuzz;
import org.camseal.authority.status.StatusFuzz;
import org.camseal.manifest.ManifestFuzz;
import org.camseal.manifest.SealedSei;
import org.camseal.media.Codec;
import org.camseal.media.MediaFuzz;
import org.camseal.onvif.OnvifFuzz;
import org.camseal.onvif.discovery.DiscoveryFuzz;
import org.camseal.seal.SealFuzz;
import org.camseal.signing.SigningFuzz;
import org.camseal.streaming.StreamingCorpus;
import org.camseal.streaming.StreamingFuzz;

/** What is fuzzed: an entry point that takes any bytes, and good input to begin with. */
@SuppressWarnings("ImmutableEnumChecker") // method references without state
enum FuzzTarget {
    BYTE_STREAM(MediaFuzz::byteStream, FuzzSeeds::byteStreams),
    FRAMING(
            input -> {
                MediaFuzz.framing(input);
                MediaFuzz.emulationPrevention(input);
            },
            FuzzSeeds::byteStreams),
    SEI(
            input -> {
                MediaFuzz.sei(input);
                ManifestFuzz.sei(input);
            },
            FuzzSeeds::sei),
    SLICE_HEADERS_H264(input -> MediaFuzz.sliceHeaders(Codec.H264, input), () -> FuzzSeeds.byteStreams(Codec.H264)),
    SLICE_HEADERS_H265(input -> MediaFuzz.sliceHeaders(Codec.H265, input), () -> FuzzSeeds.byteStreams(Codec.H265)),
    MP4(MediaFuzz::mp4, FuzzSeeds::fragmentedFiles),
    UNIT_STREAM(MediaFuzz::unitStream, FuzzSeeds::unitStreams),
    MANIFEST(ManifestFuzz::manifest, () -> FuzzSeeds.ownSei(SealedSei.Kind.MANIFEST, "manifest-")),
    SESSION_CERTIFICATE(
            ManifestFuzz::certificate, () -> FuzzSeeds.ownSei(SealedSei.Kind.SESSION_CERTIFICATE, "session-")),
    CHECKER(ManifestFuzz::checker, () -> List.of(ManifestFuzz.film())),
    GRANTS(SealFuzz::grants, () -> FuzzSeeds.ownSei(SealedSei.Kind.GRANTS, "grants-")),
    PACKAGE(SealFuzz::packages, () -> SealFuzz.vectors("package-")),
    SEALED_STREAM(SealFuzz::stream, () -> SealFuzz.vectors("stream-")),
    SIGNING_SEI(SigningFuzz::sei, SigningFuzz::seis),
    SIGNED_STREAM(SigningFuzz::validator, SigningFuzz::streams),
    RTSP(StreamingFuzz::rtsp, StreamingCorpus::rtsp),
    RTSP_TUNNELS(StreamingFuzz::tunnels, StreamingCorpus::tunnels),
    RTSP_HEADERS(StreamingFuzz::headers, StreamingCorpus::headers),
    SDP(StreamingFuzz::sdp, StreamingCorpus::sdp),
    RTCP(StreamingFuzz::rtcp, StreamingCorpus::rtcp),
    RTP(StreamingFuzz::rtp, StreamingCorpus::rtp),
    MIKEY(StreamingFuzz::mikey, StreamingCorpus::mikey),
    SRTP(StreamingFuzz::srtp, StreamingCorpus::srtp),
    EST_BODY(EstFuzz::body, EstFuzz::bodies),
    CERTIFICATE_REQUEST(EstFuzz::request, EstFuzz::requests),
    CMP_MESSAGE(CmpFuzz::message, CmpFuzz::messages),
    OCSP_QUESTION(StatusFuzz::question, StatusFuzz::questions),
    AUTHORITY_LOG(LogFuzz::log, LogFuzz::logs),
    SOAP(OnvifFuzz::soap, OnvifFuzz::requests),
    WS_DISCOVERY(DiscoveryFuzz::datagram, DiscoveryFuzz::searches);

    private final Consumer<byte[]> entryPoint;
    private final Seeds seeds;

    /** Makes good input. */
    private interface Seeds {
        List<byte[]> make() throws Exception;
    }

    FuzzTarget(Consumer<byte[]> entryPoint, Seeds seeds) {
        this.entryPoint = entryPoint;
        this.seeds = seeds;
    }

    /** As it is called on the command line and in {@code src/test/findings}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns quietly for any bytes; whatever it throws is a finding. */
    void accept(byte[] input) {
        entryPoint.accept(input);
    }

    /** Never empty. */
    List<byte[]> seeds() throws Exception {
        return seeds.make();
    }
}
