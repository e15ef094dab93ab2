package org.camseal.cli.camera;

import java.util.List;
import java.util.Optional;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.pages.ChosenCertificate;
import org.camseal.seal.SuiteChoice;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Transport;

/**
 * The settings of one camera, as they stand in {@code camera.yaml}; every key has a default. Relative paths are relative to the directory of
 * that file. docs/guide/camera.md says it to users.
 *
 * @param identity the directory of the camera's identity
 * @param state the directory for what the program keeps: accounts, recipients, event log; made if it is not there
 * @param element the address of the secure element the keys must be in; "" takes the one that the identity says
 * @param source {@code testpattern}, a file, a device such as {@code /dev/video0}, {@code rtsp://} or {@code rtsps://}
 * @param sourceLoginFile of an RTSP source: one line USER:PASSWORD, for its owner only; "" for none
 * @param sourceTransport of an RTSP source
 * @param sourceLegacyDigest whether an RTSP source's login may be by MD5
 * @param card the directory on its card where it keeps what it sends; "" for none. Never made: a card that is not there is waited for
 * @param cardQuotaBytes of all that is kept there, 65536 at least; the oldest goes first
 * @param stream its name, and with a slash its path
 * @param sign whether the video inside is signed (ONVIF Media Signing)
 * @param signingCertificate whose key signs it: as chosen on the pages, or by this file
 * @param sealing how it is sealed
 * @param rtsp the RTSPS server
 * @param https the pages
 * @param onvif the services for video management systems, on the port of the pages
 */
record CameraFile(
        String identity,
        String state,
        String element,
        String source,
        String sourceLoginFile,
        Transport sourceTransport,
        LegacyDigest sourceLegacyDigest,
        String card,
        long cardQuotaBytes,
        String stream,
        boolean sign,
        SigningCertificate signingCertificate,
        SealingSection sealing,
        RtspSection rtsp,
        HttpsSection https,
        OnvifSection onvif) {
    /** What counts where the file says nothing. */
    static final CameraFile DEFAULTS = new CameraFile(
            "identity",
            "state",
            "",
            "testpattern",
            "",
            Transport.TCP,
            LegacyDigest.REFUSED,
            "",
            16L << 30,
            "main",
            true,
            SigningCertificate.PAGES,
            new SealingSection(SuiteChoice.AUTO, 120),
            new RtspSection("127.0.0.1:8322", LegacyDigest.REFUSED),
            new HttpsSection(
                    "127.0.0.1:8443",
                    "127.0.0.1:8080",
                    List.of(),
                    "device-root.pem",
                    false,
                    AccountRole.ADMINISTRATOR,
                    15,
                    12),
            new OnvifSection(true, "", false, List.of()));

    /** Whose key signs the video. */
    enum SigningCertificate {
        /** As chosen on the pages; the maker's at first. */
        PAGES,
        /** The maker's. */
        MAKER,
        /** The owner's, which must be installed. */
        OWNER;

        /** What the pages cannot change. */
        Optional<ChosenCertificate.Choice> fixed() {
            return switch (this) {
                case PAGES -> Optional.empty();
                case MAKER -> Optional.of(ChosenCertificate.Choice.MAKER);
                case OWNER -> Optional.of(ChosenCertificate.Choice.OWNER);
            };
        }
    }

    /**
     * @param suite the cipher
     * @param epochSeconds after how long there is a new key, 1 to 3600
     */
    record SealingSection(SuiteChoice suite, int epochSeconds) {}

    /**
     * @param listen ADDRESS:PORT
     * @param legacyDigest whether logins by MD5 are taken beside SHA-256
     */
    record RtspSection(String listen, LegacyDigest legacyDigest) {}

    /**
     * @param enabled whether the services are there
     * @param name of the camera by its owner; "" for its model
     * @param tokens whether username tokens of WS-Security are taken, from accounts that were opened for them
     * @param discoveryInterfaces names of network interfaces in whose networks the camera is found (WS-Discovery)
     */
    record OnvifSection(boolean enabled, String name, boolean tokens, List<String> discoveryInterfaces) {
        OnvifSection {
            discoveryInterfaces = List.copyOf(discoveryInterfaces);
        }
    }

    /**
     * @param listen ADDRESS:PORT of the pages
     * @param redirectListen ADDRESS:PORT of plain HTTP, which only says where the pages are; "" for none
     * @param hostNames names that the pages are also asked by; without any, on all addresses, every name counts
     * @param deviceRoot the maker's root certificate, for people to download; it need not be there
     * @param livePage whether the pages may show the picture as it is before it is sealed
     * @param livePageRole who may see it
     * @param idleMinutes without a request until a login is over, 1 to 1440
     * @param sessionHours until a login is over in any case, 1 to 168
     */
    record HttpsSection(
            String listen,
            String redirectListen,
            List<String> hostNames,
            String deviceRoot,
            boolean livePage,
            AccountRole livePageRole,
            int idleMinutes,
            int sessionHours) {
        HttpsSection {
            hostNames = List.copyOf(hostNames);
        }
    }
}
